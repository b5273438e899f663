package site

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
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
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

// changes are what may happen to a file after it was read.
var changes = map[string]struct {
	before string
	change func(path string) error
	fails  bool
}{
	"an unchanged file": {before: "text", change: func(string) error { return nil }},
	"an empty file":     {change: func(string) error { return nil }},
	"a file that grows": {
		before: "text", change: func(path string) error { return os.WriteFile(path, []byte("text, more"), 0o600) },
		fails: true,
	},
	"a file that shrinks": {
		before: "text", change: func(path string) error { return os.WriteFile(path, []byte("t"), 0o600) }, fails: true,
	},
	"a file that is rewritten": {
		before: "text", change: func(path string) error { return os.WriteFile(path, []byte("txet"), 0o600) },
		fails: true,
	},
	"a file that vanishes": {before: "text", change: os.Remove, fails: true},
}

// changedFile writes a file, measures it, and then changes it.
func changedFile(t *testing.T, before string, change func(path string) error) File {
	t.Helper()
	file := File{Key: "a.txt", Path: filepath.Join(folderOf(t, map[string]string{"a.txt": before}), "a.txt")}
	file, err := file.measured()
	if err == nil {
		err = change(file.Path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAFileThatChangesIsNotUploaded(t *testing.T) {
	for name, test := range changes {
		t.Run(name, func(t *testing.T) {
			log := logrus.New()
			log.SetOutput(io.Discard)
			publisher := Publisher{Caller: connection.Caller{Log: log}, API: newBucketServer(t)}
			file := changedFile(t, test.before, test.change)
			err := publisher.put(t.Context(), Target{Bucket: "b"}, file, nil)
			const want = "upload a.txt: the file has changed since it was read: provision again"
			if (err != nil) != test.fails || err != nil && err.Error() != want {
				t.Errorf("error is %v, want %s: %t", err, want, test.fails)
			}
		})
	}
}

func TestAFileThatChangesIsNotArchived(t *testing.T) {
	for name, test := range changes {
		t.Run(name, func(t *testing.T) {
			file, path := changedFile(t, test.before, test.change), filepath.Join(t.TempDir(), ArchiveName)
			err := WriteArchive(path, &Folder{Files: []File{file}})
			if (err != nil) != test.fails || err != nil && !strings.Contains(err.Error(), "a.txt") {
				t.Errorf("error is %v, want one: %t", err, test.fails)
			}
			if _, missing := os.Stat(path); (missing != nil) != test.fails {
				t.Errorf("the archive: %v", missing)
			}
		})
	}
}
