//go:build go1.25

package packages

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

// zipFile is a package.
type zipFile struct{ Zip, SHA256 string }

// zipOf makes a package of n bytes that do not repeat.
func zipOf(t *testing.T, n int) (zipFile, []byte) {
	t.Helper()
	content := make([]byte, n)
	random := rand.NewChaCha8([32]byte{1})
	_, _ = random.Read(content)
	path := filepath.Join(t.TempDir(), "hello.zip")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	return zipFile{Zip: path, SHA256: hex.EncodeToString(sum[:])}, content
}

// openMine is a store of a bucket given.
func openMine(t *testing.T) (*fakeS3, *fakeBucket, *Store) {
	t.Helper()
	fake := startS3()
	bucket := fake.addBucket("mine", ownAccount, "eu-west-1")
	s, err := open(t, fake.config(t, "eu-west-1"), "mine")
	if err != nil {
		t.Fatal(err)
	}
	fake.forget()
	return fake, bucket, s
}

func TestUploadOnce(t *testing.T) {
	for name, size := range map[string]int{
		"in one request":       100_000,
		"in one request, just": partSize,
		"in parts":             partSize + 1,
		"in many parts":        3*partSize + 17,
	} {
		t.Run(name, func(t *testing.T) {
			testnet.Bubble(t, func(t *testing.T) {
				fake, bucket, s := openMine(t)
				pkg, content := zipOf(t, size)
				location := s.PackageLocation("hello", pkg.SHA256)
				uploaded, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256)
				if err != nil || !uploaded {
					t.Fatalf("uploaded is %v, error %v", uploaded, err)
				}
				want := Location{Bucket: "mine", Key: "hello/" + pkg.SHA256 + ".zip"}
				if location != want || location != PackageLocation("mine", "hello", pkg.SHA256) {
					t.Errorf("location is %v, want %v", location, want)
				}
				object := bucket.objects[want.Key]
				if !bytes.Equal(object.body, content) {
					t.Errorf("%d bytes arrived that are not those sent", len(object.body))
				}
				if size > partSize == (fake.seen("PutObject") > 0) {
					t.Errorf("requests were %v", fake.requests)
				}
				fake.forget()
				uploaded, err = s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256)
				if err != nil || uploaded {
					t.Errorf("the second time uploaded is %v, error %v", uploaded, err)
				}
				if len(fake.requests) != 1 || fake.seen("HeadObject") != 1 {
					t.Errorf("the second time requests were %v, want one", fake.requests)
				}
				if len(fake.unowned) > 0 {
					t.Errorf("requests without the owner: %v", fake.unowned)
				}
			})
		})
	}
}

func TestWhatIsThereIsUploadedAgainUnlessItIsWhole(t *testing.T) {
	pkg, content := zipOf(t, 1000)
	sum := sha256.Sum256(content)
	checksum := object{sha256: sum}.checksum()
	tests := map[string]struct {
		is   fakeObject
		want bool // uploaded
	}{
		"its checksum is right": {
			fakeObject{content, http.Header{"X-Amz-Checksum-Sha256": {checksum}}},
			false,
		},
		"its recorded checksum is right": {
			fakeObject{content, http.Header{"X-Amz-Meta-Sparta-Sha256": {pkg.SHA256}}},
			false,
		},
		"its checksum is of parts, and recorded": {
			fakeObject{
				content,
				http.Header{"X-Amz-Checksum-Sha256": {checksum + "-2"}, "X-Amz-Meta-Sparta-Sha256": {pkg.SHA256}},
			},
			false,
		},
		"it is cut short": {
			fakeObject{content[:999], http.Header{"X-Amz-Meta-Sparta-Sha256": {pkg.SHA256}}},
			true,
		},
		"its checksum is another": {
			fakeObject{content, http.Header{"X-Amz-Checksum-Sha256": {"x"}, "X-Amz-Meta-Sparta-Sha256": {pkg.SHA256}}},
			true,
		},
		"its recorded checksum is another": {
			fakeObject{content, http.Header{"X-Amz-Meta-Sparta-Sha256": {"x"}}},
			true,
		},
		"it has no checksum": {fakeObject{content, http.Header{}}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, bucket, s := openMine(t)
			bucket.objects["hello/"+pkg.SHA256+".zip"] = test.is
			uploaded, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256)
			if err != nil || uploaded != test.want {
				t.Errorf("uploaded is %v, error %v; want %v", uploaded, err, test.want)
			}
			if got := bucket.objects["hello/"+pkg.SHA256+".zip"].body; !bytes.Equal(got, content) {
				t.Error("what is there is not the package")
			}
		})
	}
}

func TestTheFirstUploadMakesTheAccountsOwnBucket(t *testing.T) {
	fake := startS3()
	s, err := open(t, fake.config(t, "eu-west-1"), "")
	if err != nil {
		t.Fatal(err)
	}
	pkg, content := zipOf(t, 1000)
	location := s.PackageLocation("hello", pkg.SHA256)
	uploaded, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256)
	if err != nil || !uploaded || location.Bucket != ownBucket {
		t.Fatalf("location is %v, uploaded %v, error %v", location, uploaded, err)
	}
	bucket := fake.buckets[ownBucket]
	if !bytes.Equal(bucket.objects[location.Key].body, content) || bucket.settings["policy"] == "" {
		t.Errorf("bucket is %v", bucket)
	}
}

func TestAPackageThatChangedIsNotUploaded(t *testing.T) {
	fake, _, s := openMine(t)
	pkg, _ := zipOf(t, 1000)
	if err := os.WriteFile(pkg.Zip, []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256)
	if err == nil || !strings.Contains(err.Error(), "build it again") {
		t.Errorf("error is %v, want one that says to build it again", err)
	}
	if err := os.Remove(pkg.Zip); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error is %v, want that the file is not there", err)
	}
	if len(fake.requests) > 0 {
		t.Errorf("requests were %v, want none", fake.requests)
	}
}

func TestUploadTemplate(t *testing.T) {
	fake, bucket, s := openMine(t)
	template := []byte(`{"Description":"` + strings.Repeat("x", cloudformation.MaxInlineSize) + `"}`)
	sum := sha256.Sum256(template)
	key := "hello/" + hex.EncodeToString(sum[:]) + ".json"
	for range 2 {
		url, err := s.UploadTemplate(t.Context(), "hello", template)
		if err != nil || url != fakeURL+"/mine/"+key {
			t.Fatalf("URL is %s, error %v", url, err)
		}
	}
	object := bucket.objects[key]
	if !bytes.Equal(object.body, template) || object.header.Get("Content-Type") != "application/json" {
		t.Errorf("object is %v", object.header)
	}
	if fake.seen("PutObject") != 1 {
		t.Errorf("requests were %v, want one upload", fake.requests)
	}
}

func TestTemplateURLsAreWhereCloudFormationLooks(t *testing.T) {
	for region, want := range map[string]string{
		"us-east-1":       "https://mine.s3.us-east-1.amazonaws.com/",
		"eu-west-1":       "https://mine.s3.eu-west-1.amazonaws.com/",
		"cn-north-1":      "https://mine.s3.cn-north-1.amazonaws.com.cn/",
		"us-gov-west-1":   "https://mine.s3.us-gov-west-1.amazonaws.com/",
		"eusc-de-east-1":  "https://mine.s3.eusc-de-east-1.amazonaws.eu/",
		"us-isof-south-1": "https://mine.s3.us-isof-south-1.csp.hci.ic.gov/",
	} {
		testaws.ClearEnvironment(t)
		testaws.SetCredentials(t)
		cfg, err := connection.Open(t.Context(), connection.Options{Region: region}, testaws.Log(t))
		if err != nil {
			t.Fatal(err)
		}
		s := newStore(cfg, "mine", testIdentity(), testaws.Log(t))
		got, err := s.templateURL(t.Context(), "hello/x.json")
		if err != nil || got != want+"hello/x.json" {
			t.Errorf("in %s it is %s (error %v), want %shello/x.json", region, got, err, want)
		}
	}
}

// A stand-in may not know the names below its own.
func TestAStandInFindsBucketsInPaths(t *testing.T) {
	testaws.ClearEnvironment(t)
	testaws.SetCredentials(t)
	t.Setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
	cfg, err := connection.Open(t.Context(), connection.Options{Region: "eu-west-1"}, testaws.Log(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := newStore(cfg, "mine", testIdentity(), testaws.Log(t)).templateURL(t.Context(), "x.json")
	if want := "http://localhost:4566/mine/x.json"; err != nil || got != want {
		t.Errorf("it is %s (error %v), want %s", got, err, want)
	}
}
