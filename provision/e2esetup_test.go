package provision_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// deployment is a service on its way to an AWS account of the stand-in's, through a proxy.
type deployment struct {
	t       *testing.T
	account *testaws.Account
	proxy   *testaws.Proxy
	service provision.Service
	pkg     provision.Package
	options provision.Options
	stdout  *testoutput.Output
	log     *testoutput.Output // at level debug
	packs   int                // how many packages deploy has made
	heard   int                // how much of the log has been returned by said
}

// newDeployment is of a service with one function, hello, to an account of the test's own.
func newDeployment(t *testing.T) *deployment {
	t.Helper()
	server := testaws.Start(t)
	account := server.Account(t)
	proxy := testaws.NewProxy(t, server.URL)
	account.Through(proxy).Setenv(t)
	return prepare(t, account, proxy)
}

func prepare(t *testing.T, account *testaws.Account, proxy *testaws.Proxy) *deployment {
	t.Helper()
	d := &deployment{t: t, account: account, proxy: proxy, stdout: &testoutput.Output{}, log: &testoutput.Output{}}
	hello, err := sparta.NewAWSLambda("hello", func(context.Context) error { return nil }, sparta.IAMRoleDefinition{})
	if err != nil {
		t.Fatal(err)
	}
	d.service = provision.Service{
		Name:        "Tested",
		Description: "A service that tests deploy",
		Functions:   []*sparta.LambdaAWSInfo{hello},
	}
	d.options = provision.Options{
		Workspace: filepath.Join(t.TempDir(), ".sparta"),
		Stdout:    d.stdout,
		Logger: &logrus.Logger{
			Out:       d.log,
			Level:     logrus.DebugLevel,
			Formatter: &logrus.TextFormatter{DisableColors: true},
			Hooks:     logrus.LevelHooks{},
		},
	}
	if err := os.MkdirAll(d.options.Workspace, 0o755); err != nil {
		t.Fatal(err)
	}
	d.pack("Hello")
	return d
}

// pack makes a new package: its function answers with the word and the event's name.
func (d *deployment) pack(word string) {
	d.t.Helper()
	d.packWith(word, 0)
}

// grow makes the package at least so many bytes large.
func (d *deployment) grow(bytes int) {
	d.t.Helper()
	d.packWith("Hello", bytes)
}

func (d *deployment) packWith(word string, ballast int) {
	d.t.Helper()
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	header := &zip.FileHeader{
		Name:     "index.py",
		Method:   zip.Deflate,
		Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	header.SetMode(0o644)
	file, err := writer.CreateHeader(header)
	if err == nil {
		_, err = file.Write([]byte("def hello(event, context):\n    return '" + word + " ' + event['name']\n"))
	}
	if err == nil && ballast > 0 {
		file, err = writer.CreateHeader(&zip.FileHeader{Name: "ballast", Method: zip.Store, Modified: header.Modified})
		if err == nil {
			_, err = file.Write(make([]byte, ballast))
		}
	}
	if err == nil {
		err = writer.Close()
	}
	path := filepath.Join(d.options.Workspace, "Tested.zip")
	if err == nil {
		err = os.WriteFile(path, packed.Bytes(), 0o644)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	sum := sha256.Sum256(packed.Bytes())
	d.pkg = provision.Package{
		Zip:    path,
		SHA256: hex.EncodeToString(sum[:]),
		Size:   int64(packed.Len()),
		GOARCH: "amd64",
		Python: "python3.13",
	}
}

// do runs a verb with a clock that stands still while the stand-in works, and jumps over pauses and timeouts.
func (d *deployment) do(verb func(context.Context, provision.SessionOptions) error) error {
	d.t.Helper()
	var err error
	testnet.Bubble(d.t, func(t *testing.T) {
		session := d.options.Session
		session.Dial = d.proxy.Dial
		err = verb(t.Context(), session)
	})
	return err
}

// run provisions.
func (d *deployment) run() (*provision.Result, error) {
	d.t.Helper()
	var result *provision.Result
	err := d.do(func(ctx context.Context, session provision.SessionOptions) error {
		var err error
		result, err = d.provision(ctx, session)
		return err
	})
	return result, err
}

func (d *deployment) provision(ctx context.Context, session provision.SessionOptions) (*provision.Result, error) {
	options := d.options
	options.Session = session
	return provision.Provision(ctx, d.service, d.pkg, options)
}

// must provisions, and fails the test where that fails.
func (d *deployment) must() *provision.Result {
	d.t.Helper()
	result, err := d.run()
	if err != nil {
		d.t.Fatalf("provision: %v\n%s", err, d.log)
	}
	return result
}

// written is all that runs wrote: their output, their log and the files of the workspace that hold no secret by
// right, by name.
func (d *deployment) written() map[string]string {
	d.t.Helper()
	found := map[string]string{"stdout": d.stdout.String(), "log": d.log.String()}
	err := filepath.WalkDir(d.options.Workspace, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "template.json" || strings.HasSuffix(path, ".zip") {
			return err
		}
		text, err := os.ReadFile(path)
		found[entry.Name()] = string(text)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

// counting is a hook that counts its calls.
func counting(calls *int) sparta.WorkflowHook {
	return func(context.Context, *sparta.Workflow) error {
		*calls++
		return nil
	}
}
