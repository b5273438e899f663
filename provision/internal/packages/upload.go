package packages

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

const (
	// partSize is the size of the parts of a large file, in bytes. A file of up to this size is sent in one request.
	partSize    = 8 << 20
	partsAtOnce = 5
	// abortTimeout bounds the last request of an upload that is abandoned.
	abortTimeout = 15 * time.Second

	checksumMetadata = "sparta-sha256" // in hex
)

// object is what is uploaded. Its key contains its SHA-256.
type object struct {
	key, contentType string
	sha256           [sha256.Size]byte
	size             int64
	body             io.ReaderAt
}

// Location is where an object is in S3.
type Location struct {
	Bucket string
	Key    string
}

// PackageLocation is where a package is in a bucket, given the SHA-256 of its zip in hex.
func PackageLocation(bucket, service, sha256 string) Location {
	return Location{Bucket: bucket, Key: service + "/" + sha256 + ".zip"}
}

// PackageLocation is where Upload puts a package, given the SHA-256 of its zip in hex. Nothing need be there yet.
func (s *Store) PackageLocation(service, sha256Hex string) Location {
	return PackageLocation(s.bucket, service, sha256Hex)
}

// Upload puts a package at its PackageLocation unless it is there already.
func (s *Store) Upload(ctx context.Context, service, zip, sha256Hex string) (uploaded bool, err error) {
	file, err := os.Open(zip)
	if err != nil {
		return false, fmt.Errorf("upload package: %w", err)
	}
	defer func() { _ = file.Close() }()
	sum, size, err := sumOf(file)
	if err != nil {
		return false, fmt.Errorf("upload package: %w", err)
	}
	if hex.EncodeToString(sum[:]) != strings.ToLower(sha256Hex) {
		return false, fmt.Errorf("upload %s: the file has changed since it was built: build it again", zip)
	}
	return s.put(ctx, object{
		key:         s.PackageLocation(service, sha256Hex).Key,
		contentType: "application/zip",
		sha256:      sum,
		size:        size,
		body:        file,
	})
}

// UploadTemplate puts a template into the store and returns the URL from which CloudFormation reads it. A template
// of up to cloudformation.MaxInlineSize bytes needs none.
func (s *Store) UploadTemplate(ctx context.Context, service string, template []byte) (url string, err error) {
	sum := sha256.Sum256(template)
	key := service + "/" + hex.EncodeToString(sum[:]) + ".json"
	if _, err := s.put(ctx, object{
		key:         key,
		contentType: "application/json",
		sha256:      sum,
		size:        int64(len(template)),
		body:        bytes.NewReader(template),
	}); err != nil {
		return "", err
	}
	return s.templateURL(ctx, key)
}

// templateURL is the object's address as in the client's own requests.
func (s *Store) templateURL(ctx context.Context, key string) (string, error) {
	get, err := s3.NewPresignClient(s.api).PresignGetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: &key})
	if err != nil {
		return "", fmt.Errorf("locate template: %w", err)
	}
	address, _, _ := strings.Cut(get.URL, "?")
	return address, nil
}

// put uploads an object unless it is there already.
func (s *Store) put(ctx context.Context, o object) (uploaded bool, err error) {
	exists, err := s.has(ctx, o)
	if err != nil {
		return false, fmt.Errorf("look for %s: %w", s.url(o), s.explain(err, "s3:GetObject"))
	}
	if exists {
		s.log.WithField("object", s.url(o)).Debug("Already uploaded")
		return false, nil
	}
	if err := s.ensure(ctx); err != nil {
		return false, err
	}
	if err := s.send(ctx, o); err != nil {
		return false, fmt.Errorf("upload %s: %w", s.url(o), s.explain(err, "s3:PutObject"))
	}
	return true, nil
}

// has reports whether the object is there, with the same content. If the caller is not allowed to read it, it is not.
func (s *Store) has(ctx context.Context, o object) (bool, error) {
	out, err := s.api.HeadObject(ctx, &s3.HeadObjectInput{
		Bucket:       &s.bucket,
		Key:          &o.key,
		ChecksumMode: s3types.ChecksumModeEnabled,
	})
	switch {
	case connection.ErrorStatus(err) == http.StatusNotFound:
		return false, nil
	case connection.IsDenied(err): // S3 says so, too, if the object is not there and s3:ListBucket is denied
		s.log.WithField("object", s.url(o)).Warn(
			"s3:GetObject is denied: uploading the object although it may be there already")
		return false, nil
	case err != nil:
		return false, err
	}
	if aws.ToInt64(out.ContentLength) != o.size {
		return false, nil
	}
	// The checksum of an object in parts is a checksum of its parts' checksums.
	if sum := aws.ToString(out.ChecksumSHA256); sum != "" && !strings.Contains(sum, "-") {
		return sum == o.checksum(), nil
	}
	return strings.EqualFold(out.Metadata[checksumMetadata], hex.EncodeToString(o.sha256[:])), nil
}

// send uploads the object, a large one in parts.
func (s *Store) send(ctx context.Context, o object) error {
	progress := startProgress(s.log, s.url(o), o.size)
	var err error
	if o.size <= partSize {
		_, err = s.api.PutObject(ctx, &s3.PutObjectInput{
			Bucket:         &s.bucket,
			Key:            &o.key,
			Body:           io.NewSectionReader(o.body, 0, o.size),
			ContentLength:  &o.size,
			ContentType:    &o.contentType,
			Metadata:       o.metadata(),
			ChecksumSHA256: aws.String(o.checksum()),
		}, progress.follow)
	} else {
		err = s.sendParts(ctx, o, progress)
	}
	progress.end(err)
	return err
}

// sendParts uploads parts side by side. After an error the parts are deleted, also when the context has ended.
func (s *Store) sendParts(ctx context.Context, o object, progress *progress) error {
	begun, err := s.api.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{
		Bucket:      &s.bucket,
		Key:         &o.key,
		ContentType: &o.contentType,
		Metadata:    o.metadata(),
	})
	if err != nil {
		return err
	}
	sent, err := s.eachPart(ctx, o, begun.UploadId, progress)
	if err == nil {
		_, err = s.api.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
			Bucket:          &s.bucket,
			Key:             &o.key,
			UploadId:        begun.UploadId,
			MultipartUpload: &s3types.CompletedMultipartUpload{Parts: sent},
		})
	}
	if err != nil {
		s.abort(ctx, o, aws.ToString(begun.UploadId))
	}
	return err
}

// eachPart uploads all parts, a few at a time, until one fails.
func (s *Store) eachPart(
	ctx context.Context, o object, id *string, progress *progress,
) ([]s3types.CompletedPart, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	parts := make([]s3types.CompletedPart, (o.size+partSize-1)/partSize)
	slots := make(chan struct{}, partsAtOnce)
	var running sync.WaitGroup
	var first error
	var failing sync.Once
	for i := range parts {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		running.Add(1)
		go func() {
			defer func() { <-slots; running.Done() }()
			from, number := int64(i)*partSize, aws.Int32(int32(i)+1)
			size := min(partSize, o.size-from)
			part, err := s.api.UploadPart(ctx, &s3.UploadPartInput{
				Bucket:        &s.bucket,
				Key:           &o.key,
				UploadId:      id,
				PartNumber:    number,
				Body:          io.NewSectionReader(o.body, from, size),
				ContentLength: &size,
			}, progress.follow)
			if err != nil {
				failing.Do(func() { first = err; cancel() })
				return
			}
			parts[i] = s3types.CompletedPart{ETag: part.ETag, PartNumber: number}
		}()
	}
	running.Wait()
	if first == nil {
		first = ctx.Err()
	}
	return parts, first
}

// abort deletes the parts of an upload that failed, which S3 would charge for.
func (s *Store) abort(ctx context.Context, o object, id string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortTimeout)
	defer cancel()
	_, err := s.api.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{
		Bucket:   &s.bucket,
		Key:      &o.key,
		UploadId: &id,
	})
	if err != nil && !connection.HasCode(err, "NoSuchUpload") {
		s.log.WithFields(logrus.Fields{"object": s.url(o), "uploadId": id}).
			Warnf("Parts of the upload are left in the bucket: %v", s.explain(err, "s3:AbortMultipartUpload"))
	}
}

func (s *Store) url(o object) string { return "s3://" + s.bucket + "/" + o.key }

// checksum is the SHA-256 as S3 writes it.
func (o object) checksum() string { return base64.StdEncoding.EncodeToString(o.sha256[:]) }

func (o object) metadata() map[string]string {
	return map[string]string{checksumMetadata: hex.EncodeToString(o.sha256[:])}
}
