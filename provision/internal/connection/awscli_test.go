package connection

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/provision/internal/terminal"
)

func needShell(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("this machine lacks a shell")
	}
}

// fakeCLI puts a program named aws alone on the path.
func fakeCLI(t *testing.T, script string) {
	t.Helper()
	needShell(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "aws"), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

const cliPrints = `echo "{\"Version\":1,\"AccessKeyId\":\"cli:$*\",\"SecretAccessKey\":\"SECRETcanary\",\"SessionToken\":\"t\"}"`

func TestTheCLIEndsWithTheRun(t *testing.T) {
	home := cleanAWS(t)
	fakeCLI(t, "exec /bin/sleep 60")
	awsFile(t, home, "config", "[default]\nregion = eu-west-1\nlogin_session = arn\n")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	sess, err := NewSession(ctx, Options{}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := sess.Config.Credentials.Get(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v, want that the time was over", err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestTheCLIsCredentialsAreRenewed(t *testing.T) {
	for expiration, want := range map[string]bool{"": false, "2999-01-01T00:00:00Z": false, "2001-01-01T00:00:00+00:00": true} {
		fakeCLI(t, `echo '{"AccessKeyId":"a","SecretAccessKey":"s"`+map[bool]string{true: `,"Expiration":"` + expiration + `"`}[expiration != ""]+`}'`)
		cli := newCLICredentials(t.Context(), "p", "sso_session")
		if _, err := cli.Retrieve(); err != nil {
			t.Fatal(err)
		}
		if got := cli.IsExpired(); got != want {
			t.Errorf("with expiration %q IsExpired() = %v, want %v", expiration, got, want)
		}
	}
}

func TestMFAPrompt(t *testing.T) {
	var out bytes.Buffer
	code, err := mfaPrompt{terminal.Prompt{In: strings.NewReader(" 123456 \nmore"), Out: &out, Terminal: true}}.ask(t.Context(), "device")
	if err != nil || code != "123456" || out.String() != "MFA code of device: " {
		t.Errorf("code is %q, error %v, prompt %q", code, err, out.String())
	}
	if _, err := (mfaPrompt{terminal.Prompt{In: strings.NewReader(""), Out: io.Discard, Terminal: true}}).ask(t.Context(), "device"); !errors.Is(err, io.EOF) {
		t.Errorf("error is %v, want that nothing was typed", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	never, writer := io.Pipe()
	defer func() { _ = writer.Close() }()
	if _, err := (mfaPrompt{terminal.Prompt{In: never, Out: io.Discard, Terminal: true}}).ask(ctx, "device"); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that it was cancelled", err)
	}
}
