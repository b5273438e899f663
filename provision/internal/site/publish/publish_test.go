package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/site"
)

// bucket is a bucket with one-request objects. Keys in refusals cannot be uploaded.
type bucket struct {
	mu       sync.Mutex
	objects  map[string][]byte
	refusals map[string]error
	calls    []string
}

func (b *bucket) call(name string) func() {
	b.mu.Lock()
	b.calls = append(b.calls, name)
	return b.mu.Unlock
}

func (b *bucket) ListObjectsV2(
	_ context.Context, in *s3.ListObjectsV2Input, _ ...func(*s3.Options),
) (*s3.ListObjectsV2Output, error) {
	defer b.call("list")()
	const page = 1000
	keys := slices.Sorted(maps.Keys(b.objects))
	start, _ := slices.BinarySearch(keys, aws.ToString(in.ContinuationToken))
	end := min(start+page, len(keys))
	out := &s3.ListObjectsV2Output{IsTruncated: aws.Bool(end < len(keys))}
	if end < len(keys) {
		out.NextContinuationToken = &keys[end]
	}
	for _, key := range keys[start:end] {
		file, err := site.File{Content: b.objects[key]}.Measured()
		if err != nil {
			return nil, err
		}
		out.Contents = append(out.Contents, s3types.Object{Key: &key, ETag: aws.String(`"` + file.MD5 + `"`)})
	}
	return out, nil
}

func (b *bucket) GetObject(
	_ context.Context, in *s3.GetObjectInput, _ ...func(*s3.Options),
) (*s3.GetObjectOutput, error) {
	defer b.call("get " + *in.Key)()
	return &s3.GetObjectOutput{Body: io.NopCloser(bytes.NewReader(b.objects[*in.Key]))}, nil
}

func (b *bucket) PutObject(
	_ context.Context, in *s3.PutObjectInput, _ ...func(*s3.Options),
) (*s3.PutObjectOutput, error) {
	text, err := io.ReadAll(in.Body)
	defer b.call("put " + *in.Key)()
	if err == nil {
		err = b.refusals[*in.Key]
	}
	if err == nil {
		b.objects[*in.Key] = text
	}
	return nil, err
}

func (b *bucket) DeleteObjects(
	_ context.Context, in *s3.DeleteObjectsInput, _ ...func(*s3.Options),
) (*s3.DeleteObjectsOutput, error) {
	defer b.call(fmt.Sprintf("delete %d", len(in.Delete.Objects)))()
	for _, object := range in.Delete.Objects {
		delete(b.objects, *object.Key)
	}
	return &s3.DeleteObjectsOutput{}, nil
}

// publish publishes files, by their content, and returns the requests.
func (b *bucket) publish(t *testing.T, content map[string]string) (calls []string, err error) {
	t.Helper()
	var files []site.File
	for _, key := range slices.Sorted(maps.Keys(content)) {
		file, err := site.File{
			Key: key, Content: []byte(content[key]), ContentType: mime.TypeByExtension(path.Ext(key)),
		}.Measured()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	b.calls = nil
	publisher := Publisher{
		Caller: connection.Caller{Log: log}, API: b,
		Invalidate: func(_ context.Context, _, _ string, paths []string) error {
			defer b.call("invalidate " + strings.Join(paths, " "))()
			return nil
		},
	}
	target := Target{Bucket: "b", Distribution: "d"}
	_, err = publisher.Publish(t.Context(), site.Documents{Index: "index.html"}, files, target)
	return b.calls, err
}

func TestAnUnchangedSiteNeedsARequestForAThousandFiles(t *testing.T) {
	b := &bucket{objects: map[string][]byte{}}
	content := map[string]string{}
	for i := range 2500 {
		content[fmt.Sprintf("%d.css", i)] = fmt.Sprint(i)
	}
	if calls, err := b.publish(t, content); err != nil || len(calls) != 1+2500+1 {
		t.Fatalf("%d requests, %v", len(calls), err)
	}
	if calls, err := b.publish(t, content); err != nil || !slices.Equal(calls, []string{"list", "list", "list"}) {
		t.Errorf("requests %v, %v", calls, err)
	}
	calls, err := b.publish(t, map[string]string{"0.css": "0"})
	want := []string{
		"list", "list", "list", "get " + site.RecordKey, "delete 1000", "delete 1000", "delete 499",
		"invalidate /*", "put " + site.RecordKey,
	}
	if err != nil || !slices.Equal(calls, want) {
		t.Errorf("requests %v, %v; want %v", calls, err, want)
	}
}

func TestPagesAreUploadedLast(t *testing.T) {
	b := &bucket{objects: map[string][]byte{}}
	calls, err := b.publish(t, map[string]string{"a.html": "", "b.css": "", "index.html": "", "z.js": ""})
	if err != nil || len(calls) != 6 {
		t.Fatalf("requests %v, %v", calls, err)
	}
	slices.Sort(calls[1:3])
	slices.Sort(calls[3:5])
	want := []string{"list", "put b.css", "put z.js", "put a.html", "put index.html", "put " + site.RecordKey}
	if !slices.Equal(calls, want) {
		t.Errorf("requests %v, want %v", calls, want)
	}
}

func TestAFileThatCannotBeUploadedIsNamed(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"it is denied": {errors.New("no"), "upload b.css: s3:PutObject: no"},
		"it has changed": {
			&smithy.GenericAPIError{Code: "BadDigest"},
			"upload b.css: the file has changed since it was read: provision again",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := &bucket{objects: map[string][]byte{"old": nil}, refusals: map[string]error{"b.css": test.err}}
			calls, err := b.publish(t, map[string]string{"b.css": "", "index.html": ""})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error is %v, want %s", err, test.want)
			}
			if !slices.Equal(calls, []string{"list", "put b.css"}) {
				t.Errorf("requests %v: pages, deletions and the record must wait", calls)
			}
		})
	}
}
