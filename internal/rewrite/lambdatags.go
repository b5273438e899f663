package rewrite

import (
	"bytes"
	"fmt"
	"os"

	"github.com/go-sparta/sparta/internal/gosource"
)

// lambdaTags are the build tags that leave out of the bridge what the application's aws-lambda-go is
// too old for. Its sources are asked and not its version, which a replacement can hide.
//
// rpcOnly says that it speaks to the go1.x runtime alone.
func lambdaTags(lambda *gosource.Package, traces bool) (tags []string, rpcOnly bool, err error) {
	if lambda == nil {
		return nil, false, nil // nothing serves a function: transform says so
	}
	var text []byte
	for _, path := range lambda.Sources() {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, false, fmt.Errorf("read aws-lambda-go: %w", err)
		}
		text = append(text, content...)
	}
	for _, feature := range []struct{ declared, without string }{
		{"\nfunc NewHandler(", "sparta_nonewhandler"},
		{"\nfunc NewHandlerWithOptions(", "sparta_nooptions"},
		{"\nfunc StartHandlerFunc[", "sparta_nogenerics"},
	} {
		if !bytes.Contains(text, []byte(feature.declared)) {
			tags = append(tags, feature.without)
		}
	}
	if !traces {
		tags = append(tags, "sparta_notrace")
	}
	return tags, !bytes.Contains(text, []byte("AWS_LAMBDA_RUNTIME_API")), nil
}
