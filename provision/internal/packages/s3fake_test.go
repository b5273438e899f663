package packages

import (
	"bytes"
	"cmp"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

func testIdentity() connection.Identity {
	return connection.Identity{
		Account:   ownAccount,
		ARN:       "arn:aws:iam::" + ownAccount + ":user/tester",
		Partition: "aws",
	}
}

// fakeS3 is as much of S3 as a store needs, at fakeURL.
type fakeS3 struct {
	mu       sync.Mutex
	fault    func(operation string, w http.ResponseWriter, r *http.Request) bool
	buckets  map[string]*fakeBucket
	requests []string // operations, in order
	unowned  []string // operations that named no or another owner
}

type fakeBucket struct {
	owner, region string
	settings      map[string]string // bodies by query
	objects       map[string]fakeObject
	parts         map[string]map[string][]byte // of uploads, by id and number
}

type fakeObject struct {
	body   []byte
	header http.Header
}

func startS3() *fakeS3 {
	return &fakeS3{buckets: map[string]*fakeBucket{}}
}

func (f *fakeS3) addBucket(name, owner, region string) *fakeBucket {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.buckets[name] = &fakeBucket{
		owner: owner, region: region,
		settings: map[string]string{}, objects: map[string]fakeObject{}, parts: map[string]map[string][]byte{},
	}
	return f.buckets[name]
}

// spoil lets a function answer in the service's place; it does so by returning
// true.
func (f *fakeS3) spoil(fault func(operation string, w http.ResponseWriter, r *http.Request) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = fault
}

// config is one whose requests all go to the fake, with credentials and a region of its own.
func (f *fakeS3) config(t *testing.T, region string) aws.Config {
	t.Helper()
	return s3Config(t, f.serve, region, testaws.Log(t))
}

func (f *fakeS3) seen(operation string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, seen := range f.requests {
		if seen == operation {
			n++
		}
	}
	return n
}

func (f *fakeS3) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = nil
}

var fakeSettings = []string{"publicAccessBlock", "encryption", "versioning", "policy", "lifecycle", "tagging"}

func operationOf(r *http.Request, key string) string {
	query := r.URL.Query()
	for _, setting := range fakeSettings {
		if query.Has(setting) {
			return r.Method + " " + setting
		}
	}
	switch {
	case query.Has("uploads"):
		return "CreateMultipartUpload"
	case query.Has("uploadId"):
		return map[string]string{
			"PUT":    "UploadPart",
			"POST":   "CompleteMultipartUpload",
			"DELETE": "AbortMultipartUpload",
		}[r.Method]
	case key == "":
		return map[string]string{"PUT": "CreateBucket", "HEAD": "HeadBucket"}[r.Method]
	}
	return map[string]string{"PUT": "PutObject", "HEAD": "HeadObject", "GET": "GetObject"}[r.Method]
}

func (f *fakeS3) serve(w http.ResponseWriter, r *http.Request) {
	name, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	operation := operationOf(r, key)
	f.mu.Lock()
	f.requests = append(f.requests, operation)
	if operation != "CreateBucket" && r.Header.Get("X-Amz-Expected-Bucket-Owner") != ownAccount {
		f.unowned = append(f.unowned, operation)
	}
	fault := f.fault
	f.mu.Unlock()
	if fault != nil && fault(operation, w, r) {
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	bucket := f.buckets[name]
	switch {
	case operation == "CreateBucket":
		f.create(w, name, string(body))
		return
	case bucket == nil:
		refuse(w, r, 404, "NoSuchBucket")
		return
	}
	w.Header().Set("X-Amz-Bucket-Region", bucket.region)
	switch {
	case !strings.Contains(r.Header.Get("Authorization"), "/"+bucket.region+"/s3/"):
		refuse(w, r, 301, "PermanentRedirect")
	case bucket.owner != r.Header.Get("X-Amz-Expected-Bucket-Owner"):
		refuse(w, r, 403, "AccessDenied")
	default:
		bucket.serve(w, r, operation, key, body)
	}
}

func (f *fakeS3) create(w http.ResponseWriter, name, body string) {
	if bucket := f.buckets[name]; bucket != nil {
		code := "BucketAlreadyExists"
		if bucket.owner == ownAccount {
			code = "BucketAlreadyOwnedByYou"
		}
		refuse(w, nil, 409, code)
		return
	}
	region := "us-east-1"
	if _, rest, ok := strings.Cut(body, "<LocationConstraint>"); ok {
		region, _, _ = strings.Cut(rest, "<")
	}
	f.buckets[name] = &fakeBucket{
		owner: ownAccount, region: region,
		settings: map[string]string{}, objects: map[string]fakeObject{}, parts: map[string]map[string][]byte{},
	}
}

func (b *fakeBucket) serve(w http.ResponseWriter, r *http.Request, operation, key string, body []byte) {
	method, setting, _ := strings.Cut(operation, " ")
	id, number := r.URL.Query().Get("uploadId"), r.URL.Query().Get("partNumber")
	switch {
	case slices.Contains(fakeSettings, setting) && method == "PUT":
		b.settings[setting] = string(body)
	case slices.Contains(fakeSettings, setting):
		if b.settings[setting] == "" && setting != "versioning" {
			refuse(w, r, 404, "NoSuch"+setting)
			return
		}
		fmt.Fprint(w, cmp.Or(b.settings[setting], "<VersioningConfiguration/>"))
	case operation == "PutObject":
		b.objects[key] = fakeObject{body, r.Header.Clone()}
	case operation == "HeadObject":
		object, ok := b.objects[key]
		if !ok {
			refuse(w, r, 404, "NoSuchKey")
			return
		}
		for _, name := range []string{"X-Amz-Meta-Sparta-Sha256", "X-Amz-Checksum-Sha256"} {
			if value := object.header.Get(name); value != "" {
				w.Header().Set(name, value)
			}
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(object.body)))
	case operation == "CreateMultipartUpload":
		b.parts["upload-1"] = map[string][]byte{"header": []byte(r.Header.Get("X-Amz-Meta-Sparta-Sha256"))}
		fmt.Fprint(w, `<InitiateMultipartUploadResult><UploadId>upload-1</UploadId></InitiateMultipartUploadResult>`)
	case operation == "UploadPart":
		b.parts[id][number] = body
		sum := md5.Sum(body)
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
	case operation == "CompleteMultipartUpload":
		var whole bytes.Buffer
		for n := 1; b.parts[id][fmt.Sprint(n)] != nil; n++ {
			whole.Write(b.parts[id][fmt.Sprint(n)])
		}
		b.objects[key] = fakeObject{
			whole.Bytes(),
			http.Header{"X-Amz-Meta-Sparta-Sha256": {string(b.parts[id]["header"])}},
		}
		delete(b.parts, id)
		fmt.Fprint(w, `<CompleteMultipartUploadResult><ETag>"x-2"</ETag></CompleteMultipartUploadResult>`)
	case operation == "AbortMultipartUpload":
		delete(b.parts, id)
		w.WriteHeader(204)
	}
}

// refuse answers as S3 does: to HEAD without a text.
func refuse(w http.ResponseWriter, r *http.Request, status int, code string) {
	if r != nil { // otherwise the client may notice the end of the connection before the answer
		_, _ = io.Copy(io.Discard, r.Body)
	}
	w.Header().Set("X-Amz-Request-Id", "REQ1")
	w.WriteHeader(status)
	if r == nil || r.Method != "HEAD" {
		fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>it is so</Message></Error>`, code)
	}
}
