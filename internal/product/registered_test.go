package product

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// A framework in the module cache may call lambda.Start of an aws-lambda-go that is older than Lambda's Runtime API.
// Nothing raises its version.
func TestFrameworksWithAnAWSLambdaGoForTheEndedRuntime(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules", "awslambdaric")
	for _, version := range []string{"1.2.0", "1.6.0", "1.17.0"} {
		t.Run(version, func(t *testing.T) {
			p := newModule(t, "registered", "module example.com/registered\n\ngo 1.20\n\n"+
				"require (\n\tgithub.com/aws/aws-lambda-go v"+version+"\n\texample.com/frame v0.0.0\n)\n\n"+
				"replace example.com/frame => ../frame\n")
			p.run(t, nil, "go", "mod", "vendor") // a folder that a replacement names could be rewritten
			p.target(t, nil, "cgo:build")
			want := []string{
				`application/json "fromidpoolmap[a:b]shoptrace1trace12000000000"`,
				"failed errorString: no luck",
				`application/json "againid2map[]2000000001"`,
				"failed string: bad luck",
			}
			got, _ := answers(t, p.stage(), lambdaruntime.Options{Handler: "index.handler"},
				lambdaruntime.Request{
					Payload: []byte(`"from"`), RequestID: "id", TraceID: "trace1", Deadline: time.Unix(2000000000, 0),
					Identity:      json.RawMessage(`{"cognitoIdentityPoolId":"pool"}`),
					ClientContext: json.RawMessage(`{"custom":{"a":"b"},"client":{"app_title":"shop"}}`),
				},
				lambdaruntime.Request{Payload: []byte(`"error"`)},
				lambdaruntime.Request{
					Payload: []byte(`"again"`), RequestID: "id2", Deadline: time.Unix(2000000001, 0),
				},
				lambdaruntime.Request{Payload: []byte(`"panic"`)})
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}
