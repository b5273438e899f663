//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"
)

// Account is an AWS account of one test. What one account holds no other sees, but for names of
// buckets, which all share.
type Account struct {
	ID        string // twelve digits
	Region    string
	AccessKey string
	SecretKey string
	Endpoint  string // the server's, or a proxy's in front of it

	empty string // a file
}

// Account returns an account for t, in us-east-1. The same test gets the same one each time.
func (s *Server) Account(t testing.TB) *Account {
	t.Helper()
	return s.account(t, t.Name())
}

// Profiles returns an account for each name, also for tests that run side by side and so cannot have
// an environment each: until t ends, it is the AWS profile of that name, with nothing else to say where
// or as whom to go.
func (s *Server) Profiles(t testing.TB, names ...string) map[string]*Account {
	t.Helper()
	accounts := map[string]*Account{}
	var text strings.Builder
	for _, name := range names {
		account := s.account(t, t.Name()+"/"+name)
		accounts[name] = account
		fmt.Fprintf(&text, "[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\nregion = %s\n",
			name, account.AccessKey, account.SecretKey, account.Region)
	}
	file := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	unsetAWS(t)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", file)
	t.Setenv("AWS_CONFIG_FILE", os.DevNull)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	return accounts
}

func (s *Server) account(t testing.TB, owner string) *Account {
	t.Helper()
	dir := t.TempDir()
	hash := fnv.New64a()
	// All of a test's temporary folders are in one, which go test -count creates again for each run.
	fmt.Fprint(hash, owner, filepath.Dir(dir))
	id := fmt.Sprintf("%012d", 100_000_000_000+hash.Sum64()%899_999_999_999)
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return &Account{
		ID:     id,
		Region: "us-east-1",
		// The stand-in reads the account from the key.
		AccessKey: "AKIA" + id + "TEST",
		SecretKey: "testaws-secret-canary-" + id,
		Endpoint:  s.URL,
		empty:     empty,
	}
}

// Through returns the account as seen through the proxy.
func (a *Account) Through(p *Proxy) *Account {
	through := *a
	through.Endpoint = p.URL
	return &through
}

// Settings are the variables by which AWS's tools and SDKs use the account, and no file or service of the machine's.
func (a *Account) Settings() map[string]string {
	return map[string]string{
		"AWS_ACCESS_KEY_ID":           a.AccessKey,
		"AWS_SECRET_ACCESS_KEY":       a.SecretKey,
		"AWS_REGION":                  a.Region,
		"AWS_DEFAULT_REGION":          a.Region,
		"AWS_ENDPOINT_URL":            a.Endpoint,
		"AWS_EC2_METADATA_DISABLED":   "true",
		"AWS_CONFIG_FILE":             a.empty,
		"AWS_SHARED_CREDENTIALS_FILE": a.empty,
		"AWS_PAGER":                   "",
	}
}

// Env is the test's environment with every AWS setting replaced by the account's.
func (a *Account) Env() []string {
	var env []string
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "AWS_") {
			env = append(env, setting)
		}
	}
	for name, value := range a.Settings() {
		env = append(env, name+"="+value)
	}
	return env
}

// Setenv sets the account's settings in the test process until t ends.
func (a *Account) Setenv(t testing.TB) {
	t.Helper()
	unsetAWS(t)
	for name, value := range a.Settings() {
		t.Setenv(name, value)
	}
}

// Session is for clients of the AWS SDK, which retry nothing.
func (a *Account) Session(t testing.TB) *session.Session {
	t.Helper()
	sess, err := session.NewSession(&aws.Config{
		Region:           aws.String(a.Region),
		Endpoint:         aws.String(a.Endpoint),
		Credentials:      credentials.NewStaticCredentials(a.AccessKey, a.SecretKey, ""),
		S3ForcePathStyle: aws.Bool(true),
		MaxRetries:       aws.Int(0),
		HTTPClient:       client(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return sess
}

// CLI runs the AWS command line and decodes the JSON it writes into result, unless that is nil. It
// returns what it wrote.
func (a *Account) CLI(t testing.TB, result any, args ...string) []byte {
	t.Helper()
	line, err := sharedCommandLine()
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"PATH": os.Getenv("PATH"), "HOME": os.Getenv("HOME")}
	maps.Copy(env, a.Settings())
	done, err := line.run(append([]string{"--endpoint-url", a.Endpoint, "--output", "json"}, args...), env)
	if err != nil || done.Status != 0 {
		t.Fatalf("aws %s: exit status %d, %v\n%s", strings.Join(args, " "), done.Status, err, done.Stderr)
	}
	out := []byte(done.Stdout)
	if result != nil {
		if err := json.Unmarshal(out, result); err != nil {
			t.Fatalf("aws %s: %v in %s", strings.Join(args, " "), err, out)
		}
	}
	return out
}

// Bucket returns a bucket name of the test's own, which no other test's account uses.
func (a *Account) Bucket(purpose string) string {
	return "testaws-" + a.ID + "-" + purpose
}
