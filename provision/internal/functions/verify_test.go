package functions

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testnet"
)

// deployed is Lambda with one function, whose code is at an address.
type deployed struct {
	code     []byte
	location string
}

func (d deployed) GetFunction(
	context.Context, *lambda.GetFunctionInput, ...func(*lambda.Options),
) (*lambda.GetFunctionOutput, error) {
	sum := sha256.Sum256(d.code)
	return &lambda.GetFunctionOutput{
		Configuration: &lambdatypes.FunctionConfiguration{
			CodeSha256: aws.String(base64.StdEncoding.EncodeToString(sum[:])),
		},
		Code: &lambdatypes.FunctionCodeLocation{Location: aws.String(d.location)},
	}, nil
}

// client sends requests to a handler in memory, and counts them.
type client struct {
	next  *http.Client
	count *int
}

func (c client) Do(r *http.Request) (*http.Response, error) {
	*c.count++
	return c.next.Do(r)
}

func TestCodeOfADeployedFunction(t *testing.T) {
	const address = "http://code.example.com/a.zip?X-Amz-Signature=s3cr3t"
	own := map[string]string{"bin/hello.so": "new", "index.py": "pass"}
	for name, test := range map[string]struct {
		deployed map[string]string
		status   int
		location string
		out      string
		errs     []string // parts of the error
		requests int
	}{
		"the same": {deployed: own, location: address, out: "f runs hello.zip: its code has the same bytes (SHA-256 "},
		"another library": {
			deployed: map[string]string{"bin/hello.so": "older", "index.py": "pass"}, location: address, requests: 1,
			errs: []string{
				"compare the code of f: it runs other code than hello.zip:",
				"bin/hello.so: 3 bytes in hello.zip, 5 in the deployed code", "deployed from other sources",
			},
		},
		"a changed file": {
			deployed: map[string]string{"bin/hello.so": "new", "index.py": "evil"}, location: address, requests: 1,
			errs: []string{"index.py: other content of the same size"},
		},
		"code that cannot be downloaded": {
			deployed: map[string]string{"a": "b"}, location: address, status: http.StatusForbidden, requests: 1,
			errs: []string{"which cannot be downloaded: the server answers 403 Forbidden"},
		},
		"no address": {
			deployed: map[string]string{"a": "b"}, errs: []string{"Lambda does not say where to download that"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			zipped := testfiles.Zip(t, own)
			path := filepath.Join(t.TempDir(), "hello.zip")
			if err := os.WriteFile(path, zipped, 0o644); err != nil {
				t.Fatal(err)
			}
			code := zipped
			if name != "the same" {
				code = testfiles.Zip(t, test.deployed)
			}
			sum, requests := sha256.Sum256(zipped), 0
			server := testnet.To(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if test.status != 0 {
					w.WriteHeader(test.status)
					return
				}
				_, _ = w.Write(code)
			}))
			compare := Comparison{
				API: deployed{code, test.location}, HTTP: client{&http.Client{
					Transport: &http.Transport{DialContext: server},
				}, &requests},
				Zip: path, Shown: "hello.zip", SHA256: hex.EncodeToString(sum[:]),
			}
			var out strings.Builder
			err := compare.Check(t.Context(), "f", &out)
			if (err == nil) != (test.errs == nil) || !strings.HasPrefix(out.String(), test.out) {
				t.Fatalf("got %q and %v", out.String(), err)
			}
			for _, part := range test.errs {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error %q does not contain %q", err, part)
				}
			}
			if err != nil && strings.Contains(err.Error(), "s3cr3t") {
				t.Errorf("the error has the signed address: %v", err)
			}
			if requests != test.requests {
				t.Errorf("%d downloads, want %d", requests, test.requests)
			}
		})
	}
}
