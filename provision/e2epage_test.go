package provision_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision"
)

// A proxy's page with status 200 says neither that there is no stack nor that anything was done.
func TestAPageOfHTMLIsNotAnAnswer(t *testing.T) {
	writes := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		switch action := r.Form.Get("Action"); {
		case strings.HasPrefix(action, "Describe"), strings.HasPrefix(action, "Get"), r.Method == http.MethodGet:
		default:
			writes++
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "\ufeff\n<HTML><body>Sign in to the network</body></HTML>")
	}))
	defer server.Close()
	testaws.ClearEnvironment(t)
	testaws.SetCredentials(t)
	d := prepare(t, nil, nil)
	session := provision.SessionOptions{
		Session:   commandline.Session{Region: "us-east-1"},
		Endpoints: map[string]string{"": server.URL},
	}
	service, log := d.service, d.options.Logger
	for verb, act := range map[string]func(context.Context) error{
		"provision": func(ctx context.Context) error {
			options := d.options
			options.Session = session
			_, err := provision.Provision(ctx, service, d.pkg, options)
			return err
		},
		"status": func(ctx context.Context) error {
			return provision.Status(ctx, service, provision.StatusOptions{Session: session, Logger: log})
		},
		"logs": func(ctx context.Context) error {
			return provision.Logs(ctx, service, provision.LogsOptions{Session: session, Logger: log})
		},
		"invoke": func(ctx context.Context) error {
			return provision.Invoke(ctx, service, provision.InvokeOptions{
				Invoke: commandline.Invoke{Event: "{}"}, Session: session, Logger: log,
			})
		},
		"delete": func(ctx context.Context) error {
			return provision.Delete(ctx, service, provision.DeleteOptions{
				Delete: commandline.Delete{Yes: true}, Session: session, Logger: log,
			})
		},
		"recover": func(ctx context.Context) error {
			return provision.Recover(ctx, service, provision.RecoverOptions{Session: session, Logger: log})
		},
		"rollback": func(ctx context.Context) error {
			return provision.Rollback(ctx, service, provision.RollbackOptions{Session: session, Logger: log})
		},
	} {
		const want = "a page of HTML came instead of AWS's answer: check the network, its proxy and the endpoint"
		if err := act(t.Context()); err == nil || !strings.Contains(err.Error(), want) ||
			strings.Contains(err.Error(), "does not exist") {
			t.Errorf("%s: error %v, want %s", verb, err, want)
		}
		if writes > 0 && verb != "logs" && verb != "invoke" {
			t.Errorf("%s made requests that change something", verb)
		}
		writes = 0
	}
}
