package sparta

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/internal/httpevent"
)

// HTTPHandler returns a handler that serves the HTTP requests in events of REST APIs (with a Lambda proxy
// integration), HTTP APIs, function URLs and Application Load Balancers with handler. The request has the client's
// method, path, query, headers, cookies and body; the path is without the stage of an API. Its context is the
// invocation's, and HTTPEvent returns the event from it.
//
// The response may be binary: what is not UTF-8 text, or has a Content-Encoding, is sent as base64. A REST API decodes
// that only for its binary media types. Events of any other kind are errors.
func HTTPHandler(handler http.Handler) lambda.Handler {
	return httpevent.Handler{Handler: handler}
}

// HTTPEvent returns the event that contained a request served by HTTPHandler, for example to read the claims that an
// authorizer has verified.
func HTTPEvent(ctx context.Context) (event json.RawMessage, ok bool) {
	return httpevent.FromContext(ctx)
}
