package rewrite

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"

	"github.com/go-sparta/sparta/internal/gosource"
)

// lambdaTags returns the build tags that exclude from the bridge what the application's aws-lambda-go is too
// old for. It reads that module's sources, because a replacement can hide its version.
//
// rpcOnly reports whether it supports only the go1.x runtime.
func lambdaTags(
	lambda *gosource.Package, overlay gosource.Overlay, traces bool,
) (tags []string, rpcOnly bool, err error) {
	if lambda == nil {
		return nil, false, nil // Transform reports that nothing serves a function
	}
	var text []byte
	for _, path := range lambda.Sources() {
		content, err := os.ReadFile(overlay.Path(path))
		if err != nil {
			return nil, false, fmt.Errorf("read aws-lambda-go: %w", err)
		}
		text = append(text, content...)
	}
	if !bytes.Contains(text, []byte("\ntype Handler interface")) {
		return nil, false, errors.New("aws-lambda-go is too old, because it has no lambda.Handler: " +
			"require 1.2.0 or newer, for example with `go get " + path.Dir(gosource.LambdaPath) + "@latest`")
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
