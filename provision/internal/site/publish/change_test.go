package publish

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/provision/internal/site/testchange"
)

// newBucketServer compares the sums of uploads with their content, as S3 does.
func newBucketServer(t *testing.T) API {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		sum, short := sha256.Sum256(text), md5.Sum(text)
		switch {
		case err != nil || r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sum[:]):
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, "<Error><Code>XAmzContentSHA256Mismatch</Code></Error>")
		case r.Header.Get("Content-MD5") != base64.StdEncoding.EncodeToString(short[:]):
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, "<Error><Code>BadDigest</Code></Error>")
		}
	}))
	t.Cleanup(server.Close)
	return NewAPI(aws.Config{
		BaseEndpoint: &server.URL, Region: "eu-west-1", HTTPClient: server.Client(),
		Credentials: credentials.NewStaticCredentialsProvider("id", "key", ""),
		Retryer:     func() aws.Retryer { return aws.NopRetryer{} },
	})
}

// changedFile writes a file, measures it, and then changes it.
func changedFile(t *testing.T, change testchange.Change) site.File {
	t.Helper()
	file := site.File{Key: "a.txt", Path: filepath.Join(t.TempDir(), "a.txt")}
	err := os.WriteFile(file.Path, []byte(change.Before), 0o600)
	if err == nil {
		file, err = file.Measured()
	}
	if err == nil {
		err = change.Make(file.Path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAFileThatChangesIsNotUploaded(t *testing.T) {
	for name, test := range testchange.All() {
		t.Run(name, func(t *testing.T) {
			log := logrus.New()
			log.SetOutput(io.Discard)
			publisher := Publisher{Caller: connection.Caller{Log: log}, API: newBucketServer(t)}
			file := changedFile(t, test)
			err := publisher.put(t.Context(), Target{Bucket: "b"}, file, nil)
			const want = "upload a.txt: the file has changed since it was read: provision again"
			if (err != nil) != test.Fails || err != nil && err.Error() != want {
				t.Errorf("error is %v, want %s: %t", err, want, test.Fails)
			}
		})
	}
}
