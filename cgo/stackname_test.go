//go:build !lambdabinary

//lint:file-ignore SA1019 the session is one of the SDK v1, as it always has been

package cgo_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cgo"
)

func TestUserAccountScopedStackName(t *testing.T) {
	tests := map[string]struct{ arn, want string }{
		"a user":                    {"arn:aws:iam::123456789012:user/team/ada.lovelace", "Shop-ada-lovelace"},
		"a session of a role":       {"arn:aws:sts::123456789012:assumed-role/deploy/ada@b.c", "Shop-ada-b-c"},
		"the account's own user":    {"arn:aws:iam::123456789012:root", "Shop-root"},
		"nobody, if STS refuses it": {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if test.arn == "" {
					w.WriteHeader(http.StatusForbidden)
					return
				}
				fmt.Fprintf(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>%s</Arn>`+
					`</GetCallerIdentityResult></GetCallerIdentityResponse>`, test.arn)
			}))
			defer server.Close()
			t.Setenv("AWS_ENDPOINT_URL", server.URL)
			t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
			t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
			t.Setenv("AWS_REGION", "eu-west-1")
			got, err := cgo.UserAccountScopedStackName("Shop", cgo.NewSession())
			if got != test.want || (test.want == "") != (err != nil) {
				t.Errorf("got %q (error: %v), want %q", got, err, test.want)
			}
			if err != nil && !strings.HasPrefix(err.Error(), "name the stack Shop for the AWS user: ") {
				t.Errorf("the error is %v", err)
			}
		})
	}
}
