package connection

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// errPage says that a proxy, or a network that asks for a login, has answered in place of AWS.
var errPage = errors.New("a page of HTML came instead of AWS's answer: check the network, its proxy and the endpoint")

// refusePages makes an answer of HTML an error. With status 200, the SDK would read it as an answer that says nothing,
// for example that there is no stack. Not every answer that is labelled as HTML is a page: stand-ins for AWS do not
// always say what they send.
func refusePages(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("Sparta.Pages", func(
		ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
	) (middleware.DeserializeOutput, middleware.Metadata, error) {
		out, metadata, err := next.HandleDeserialize(ctx, in)
		answer, ok := out.RawResponse.(*smithyhttp.Response)
		if err != nil || !ok || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			return out, metadata, err
		}
		body := bufio.NewReader(answer.Body)
		begin, _ := body.Peek(64) // an error shows again when the rest is read
		if isPage(begin) {
			return out, metadata, errPage
		}
		answer.Body = struct {
			io.Reader
			io.Closer
		}{body, answer.Body}
		return out, metadata, nil
	}), middleware.After)
}

// isPage reports whether a text begins as a page of HTML does.
func isPage(begin []byte) bool {
	begin = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(begin, []byte("\xef\xbb\xbf"))))
	return bytes.HasPrefix(begin, []byte("<!doctype html")) || bytes.HasPrefix(begin, []byte("<html"))
}
