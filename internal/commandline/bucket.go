package commandline

import (
	"cmp"
	"fmt"
	"os"
	"strings"
)

// CheckBucketName returns an error if no bucket can have the name. Old buckets may have capitals and underscores.
func CheckBucketName(bucket string) error {
	if len(bucket) < 3 || len(bucket) > 255 || strings.ContainsAny(bucket[:1], "._-") ||
		strings.ContainsFunc(bucket, isNotOfBucket) {
		return fmt.Errorf("bucket %q is invalid: use the name of a bucket, without s3:// or a path", bucket)
	}
	return nil
}

// isNotOfBucket reports whether no bucket's name has a character.
func isNotOfBucket(char rune) bool {
	letter := char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z'
	return !letter && (char < '0' || char > '9') && char != '.' && char != '_' && char != '-'
}

// checkBucket checks the bucket of a command, which its flag or the environment names. A preview does not use it.
func checkBucket(flag string, noop bool) error {
	bucket := cmp.Or(flag, os.Getenv("SPARTA_S3_BUCKET"), os.Getenv("S3_BUCKET"))
	if bucket == "" || noop || os.Getenv("SPARTA_NOOP")+os.Getenv("NOOP") != "" {
		return nil
	}
	return CheckBucketName(bucket)
}
