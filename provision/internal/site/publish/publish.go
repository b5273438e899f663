package publish

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/site"
)

// API is the part of S3 that publishes sites.
type API interface {
	s3.ListObjectsV2APIClient
	GetObject(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error)
	PutObject(context.Context, *s3.PutObjectInput, ...func(*s3.Options)) (*s3.PutObjectOutput, error)
	DeleteObjects(context.Context, *s3.DeleteObjectsInput, ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error)
}

// NewAPI makes a client of S3.
func NewAPI(cfg aws.Config) API {
	return s3.NewFromConfig(cfg, func(options *s3.Options) {
		options.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired // files have a sum of their own
	})
}

// Publisher uploads sites.
type Publisher struct {
	connection.Caller
	API        API
	Invalidate func(ctx context.Context, distribution, reference string, paths []string) error
}

// Target is where a site is published.
type Target struct {
	Bucket       string
	Owner        *string // the ID of the account that owns the bucket
	Distribution string  // empty means that the bucket serves the site
}

// TargetOf is where the site of a stack is published, given the stack's outputs.
func TargetOf(outputs map[string]string, owner *string) (Target, error) {
	target := Target{Bucket: outputs[site.OutputBucket], Distribution: outputs[site.OutputDistribution], Owner: owner}
	if target.Bucket == "" {
		return target, fmt.Errorf("the stack has no output %s: do not remove it in a hook", site.OutputBucket)
	}
	return target, nil
}

// Publish brings the bucket to the files: it uploads those that differ, a few at a time, deletes other objects, and
// then invalidates what CloudFront has cached of both. Without changes, it makes one request for each thousand objects.
// After a failure, the next call continues. It reports whether anything has changed.
func (p Publisher) Publish(
	ctx context.Context, documents site.Documents, files []site.File, target Target,
) (changed bool, err error) {
	objects, err := p.list(ctx, target)
	if err != nil {
		return false, err
	}
	record, err := site.NewRecord(files)
	if err != nil {
		return false, err
	}
	plan := newPlan(files, objects, nil)
	if objects[site.RecordKey] == record.MD5 && len(plan.upload)+len(plan.remove) == 0 {
		return false, nil
	}
	if objects[site.RecordKey] != "" {
		published, err := p.read(ctx, target)
		if err != nil {
			return false, err
		}
		plan = newPlan(files, objects, published)
	}
	if err := p.upload(ctx, target, plan.upload); err != nil {
		return true, err
	}
	if err := p.remove(ctx, target, plan.remove); err != nil {
		return true, err
	}
	if err := p.invalidate(ctx, documents, target, plan); err != nil {
		return true, err
	}
	return true, p.put(ctx, target, record, nil)
}

// list lists the objects of the bucket: their ETags, which are the MD5 sums of objects that were uploaded in a request.
func (p Publisher) list(ctx context.Context, target Target) (map[string]string, error) {
	objects := map[string]string{}
	pages := s3.NewListObjectsV2Paginator(p.API, &s3.ListObjectsV2Input{
		Bucket: &target.Bucket, ExpectedBucketOwner: target.Owner,
	})
	err := connection.EachPage(ctx, p.Caller, "s3:ListBucket", pages, func(page *s3.ListObjectsV2Output) {
		for _, object := range page.Contents {
			objects[aws.ToString(object.Key)] = strings.Trim(aws.ToString(object.ETag), `"`)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("list bucket %s: %w", target.Bucket, err)
	}
	return objects, nil
}

// read reads the record.
func (p Publisher) read(ctx context.Context, target Target) (map[string]site.Entry, error) {
	var text []byte
	err := p.Call(ctx, "s3:GetObject", func(ctx context.Context) error {
		answer, err := p.API.GetObject(ctx, &s3.GetObjectInput{
			Bucket: &target.Bucket, Key: aws.String(site.RecordKey), ExpectedBucketOwner: target.Owner,
		})
		if err != nil {
			return err
		}
		defer func() { _ = answer.Body.Close() }()
		text, err = io.ReadAll(answer.Body)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read %s in bucket %s: %w", site.RecordKey, target.Bucket, err)
	}
	return site.ReadRecord(text), nil
}

// upload uploads files. The first error ends it.
func (p Publisher) upload(ctx context.Context, target Target, files []site.File) error {
	if len(files) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	progress := newProgress(p.Log, target.Bucket, files)
	// Pages come last, so that no visitor gets one before what it refers to.
	for _, pages := range []bool{false, true} {
		some := slices.DeleteFunc(slices.Clone(files), func(file site.File) bool { return file.IsPage() != pages })
		connection.EachOf(len(some), func(i int) {
			if ctx.Err() != nil {
				return
			}
			if err := p.put(ctx, target, some[i], progress); err != nil {
				cancel(err)
			}
		})
	}
	err := context.Cause(ctx)
	progress.end(err)
	return err
}

func (p Publisher) put(ctx context.Context, target Target, file site.File, progress *progress) error {
	err := p.send(ctx, target, file)
	switch {
	case connection.HasCode(err, "BadDigest") || err != nil && file.HasChanged():
		return fmt.Errorf("upload %s: the file has changed since it was read: provision again", file.Key)
	case err != nil:
		return fmt.Errorf("upload %s: %w", file.Key, err)
	}
	progress.add(file)
	return nil
}

func (p Publisher) send(ctx context.Context, target Target, file site.File) error {
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	sum, err := hex.DecodeString(file.MD5)
	if err != nil {
		return err
	}
	return p.Call(ctx, "s3:PutObject", func(ctx context.Context) error {
		_, err := p.API.PutObject(ctx, &s3.PutObjectInput{
			Bucket: &target.Bucket, ExpectedBucketOwner: target.Owner, Key: &file.Key,
			Body: content, ContentLength: &file.Size, ContentMD5: aws.String(base64.StdEncoding.EncodeToString(sum)),
			ContentType: &file.ContentType, CacheControl: &file.CacheControl,
		})
		return err
	})
}

// remove deletes objects.
func (p Publisher) remove(ctx context.Context, target Target, keys []string) error {
	const most = 1000 // S3's limit of a request
	for part := range slices.Chunk(keys, most) {
		objects := make([]s3types.ObjectIdentifier, len(part))
		for i := range part {
			objects[i].Key = &part[i]
		}
		var answer *s3.DeleteObjectsOutput
		err := p.Call(ctx, "s3:DeleteObject", func(ctx context.Context) (err error) {
			answer, err = p.API.DeleteObjects(ctx, &s3.DeleteObjectsInput{
				Bucket: &target.Bucket, ExpectedBucketOwner: target.Owner,
				Delete: &s3types.Delete{Objects: objects, Quiet: aws.Bool(true)},
			})
			return err
		})
		if err == nil && len(answer.Errors) > 0 {
			first := answer.Errors[0]
			err = errors.New(cmp.Or(aws.ToString(first.Message), aws.ToString(first.Code)))
			part = []string{aws.ToString(first.Key)}
		}
		if err != nil {
			return fmt.Errorf("delete %s from bucket %s: %w", part[0], target.Bucket, err)
		}
	}
	if len(keys) > 0 {
		p.Log.Infof("deleted %s from bucket %s: %s", show.Count(len(keys), "file"), target.Bucket, site.Listed(keys))
	}
	return nil
}

// invalidate lets CloudFront forget what has changed. What was not cached needs none.
func (p Publisher) invalidate(ctx context.Context, documents site.Documents, target Target, plan plan) error {
	paths := plan.paths(documents)
	if target.Distribution == "" || len(paths) == 0 {
		return nil
	}
	if err := p.Invalidate(ctx, target.Distribution, "sparta-"+rand.Text(), paths); err != nil {
		return err
	}
	p.Log.Infof("invalidated %s in distribution %s: visitors see the changes in a few minutes at most",
		strings.Join(paths, ", "), target.Distribution)
	return nil
}
