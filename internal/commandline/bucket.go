package commandline

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
)

// Old buckets may have capitals and underscores.
var bucketPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$`)

// CheckBucketName returns an error if no bucket can have the name.
func CheckBucketName(bucket string) error {
	if !bucketPattern.MatchString(bucket) {
		return fmt.Errorf("bucket %q is invalid: use the name of a bucket, without s3:// or a path", bucket)
	}
	return nil
}

// checkBucket checks the bucket of a command, which its flag or the environment names. A preview does not use it.
func checkBucket(flag string, noop bool) error {
	bucket := cmp.Or(flag, os.Getenv("SPARTA_S3_BUCKET"), os.Getenv("S3_BUCKET"))
	if bucket == "" || noop || os.Getenv("SPARTA_NOOP")+os.Getenv("NOOP") != "" {
		return nil
	}
	return CheckBucketName(bucket)
}
