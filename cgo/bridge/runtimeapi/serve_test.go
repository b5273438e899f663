//go:build lambdabinary

package runtimeapi

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// aws-lambda-go's own loop, against the server: what a framework that calls
// lambda.Start meets.
func TestServesAwsLambdaGo(t *testing.T) {
	lambdaAPI := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("lambda's " + r.URL.Path))
	}))
	defer lambdaAPI.Close()
	t.Setenv(address, strings.TrimPrefix(lambdaAPI.URL, "http://"))

	started := make(chan func(context.Context, []byte) ([]byte, error), 1)
	if err := serve(func(invoke func(context.Context, []byte) ([]byte, error)) { started <- invoke }); err != nil {
		t.Fatal(err)
	}
	go lambda.Start(func(ctx context.Context, event map[string]string) (map[string]string, error) {
		if event["fail"] != "" {
			return nil, errors.New(event["fail"])
		}
		lc, _ := lambdacontext.FromContext(ctx)
		_, hasDeadline := ctx.Deadline()
		if !hasDeadline {
			return nil, errors.New("no deadline")
		}
		return map[string]string{
			"id": lc.AwsRequestID, "arn": lc.InvokedFunctionArn, "tenant": lc.TenantID,
			"title": lc.ClientContext.Client.AppTitle, "custom": lc.ClientContext.Custom["a"],
			"identity": lc.Identity.CognitoIdentityID, "trace": os.Getenv("_X_AMZN_TRACE_ID"), "is": event["is"],
		}, nil
	})

	var invoke func(context.Context, []byte) ([]byte, error)
	select {
	case invoke = <-started:
	case <-time.After(10 * time.Second):
		t.Fatal("aws-lambda-go did not ask for an event")
	}
	lc := &lambdacontext.LambdaContext{
		AwsRequestID:       "r-1",
		InvokedFunctionArn: "arn:f",
		TenantID:           "t",
		Identity:           lambdacontext.CognitoIdentity{CognitoIdentityID: "c"},
		ClientContext: lambdacontext.ClientContext{
			Client: lambdacontext.ClientApplication{AppTitle: "app"},
			Custom: map[string]string{"a": "b"},
		},
	}
	ctx := lambdacontext.NewContext(context.Background(), lc)
	//lint:ignore SA1029 aws-lambda-go's own key
	ctx = context.WithValue(ctx, "x-amzn-trace-id", "Root=1")
	got, err := invoke(ctx, []byte(`{"is":"é"}`))
	want := `{"arn":"arn:f","custom":"b","id":"r-1","identity":"c","is":"é","tenant":"t","title":"app",` +
		`"trace":"Root=1"}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
	_, err = invoke(ctx, []byte(`{"fail":"on purpose"}`))
	if failure := lambdaerror.Of(err); failure.Message != "on purpose" || failure.Type != "errorString" {
		t.Errorf("got %v", failure)
	}

	response, err := http.Get("http://" + os.Getenv(address) + "/2020-01-01/extension/register")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body := make([]byte, 100)
	n, _ := response.Body.Read(body)
	if string(body[:n]) != "lambda's /2020-01-01/extension/register" {
		t.Errorf("an extension's request came back with %q", body[:n])
	}
}
