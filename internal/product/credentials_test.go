package product

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// fakeBotocore returns new credentials each time, which expire in an hour, as a provider chain does if the
// environment has none: for example with SnapStart.
const fakeBotocore = `
import datetime, types
class Refreshing(object):
    count = 0
    def get_frozen_credentials(self):
        Refreshing.count += 1
        return types.SimpleNamespace(access_key="CHAIN%d" % self.count, secret_key="chain's", token=None)
    @property
    def _expiry_time(self):
        return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
def get_credentials(session):
    return Refreshing()
`

type keys struct{ ID, Secret, Token, Provider, Region string }

// cgo.NewSession and cgo.Config have the credentials that Python has at the time of the invocation.
func TestCredentials(t *testing.T) {
	stage := boundary(t).stage()
	none := []string{"AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=", "AWS_SESSION_TOKEN=", "AWS_REGION=eu-north-1"}

	t.Run("of the environment", func(t *testing.T) {
		process := run(t, stage, lambdaruntime.Options{Handler: "index.Keys", Env: []string{
			"AWS_ACCESS_KEY_ID=AKIA1",
			"AWS_SECRET_ACCESS_KEY=s3cr3t",
			"AWS_SESSION_TOKEN=t0ken",
			"AWS_REGION=eu-north-1",
		}})
		var got keys
		process.answer(t, "{}", &got)
		if want := (keys{"AKIA1", "s3cr3t", "t0ken", "SpartaPython", "eu-north-1"}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
	t.Run("as they change in Python", func(t *testing.T) {
		process := run(t, stage, lambdaruntime.Options{Handler: "beside.setenv", Env: none})
		for _, change := range []struct {
			env  string
			want keys
		}{
			{
				`{"AWS_ACCESS_KEY_ID":"A1","AWS_SECRET_ACCESS_KEY":"S1","AWS_SESSION_TOKEN":"T1"}`,
				keys{"A1", "S1", "T1", "SpartaPython", "eu-north-1"},
			},
			{`{"AWS_ACCESS_KEY_ID":"A2"}`, keys{"A2", "S1", "T1", "SpartaPython", "eu-north-1"}},
			{`{"AWS_SESSION_TOKEN":null}`, keys{"A2", "S1", "", "SpartaPython", "eu-north-1"}},
		} {
			for i, function := range []string{"Keys", "ConfigKeys"} {
				env := change.env
				if i > 0 {
					env = "{}"
				}
				var got keys
				process.answer(t, `{"function":"`+function+`","env":`+env+`}`, &got)
				if got != change.want {
					t.Errorf("after %s: %s got %+v, want %+v", change.env, function, got, change.want)
				}
			}
		}
	})
	chain := pythonPath(t, map[string]string{
		"botocore/__init__.py":    "",
		"botocore/credentials.py": fakeBotocore,
		"botocore/session.py":     "def get_session():\n    return None\n",
	})
	t.Run("of botocore's provider chain, asked once an invocation", func(t *testing.T) {
		process := run(t, stage, lambdaruntime.Options{Handler: "index.Twice", Env: append(none, chain)})
		for _, id := range []string{"CHAIN1", "CHAIN2", "CHAIN3"} {
			var got keys
			process.answer(t, "{}", &got)
			if want := (keys{id, "chain's", "", "SpartaPython", "eu-north-1"}); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
	})
	t.Run("of no source", func(t *testing.T) {
		absent := pythonPath(t, map[string]string{"botocore/__init__.py": "raise ImportError('not here')\n"})
		process := run(t, stage, lambdaruntime.Options{Handler: "index.Keys", Env: append(none, absent)})
		const want = "the environment has none (AWS_ACCESS_KEY_ID), and botocore, which knows other sources, " +
			"is not installed"
		if got := process.failure(t, "{}"); !strings.Contains(got.ErrorMessage, want) {
			t.Errorf("got %+v, want %q", got, want)
		}
	})
	t.Run("that botocore cannot get", func(t *testing.T) {
		broken := pythonPath(t, map[string]string{
			"botocore/__init__.py":    "",
			"botocore/session.py":     "def get_session():\n    raise KeyError('profile')\n",
			"botocore/credentials.py": "def get_credentials(session): pass\n",
		})
		process := run(t, stage, lambdaruntime.Options{Handler: "index.Keys", Env: append(none, broken)})
		if got := process.failure(t, "{}"); !strings.Contains(got.ErrorMessage, "KeyError: 'profile'") {
			t.Errorf("got %+v", got)
		}
	})
}
