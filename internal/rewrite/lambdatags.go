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
func lambdaTags(a *gosource.Application) (tags []string, err error) {
	lambda := a.Find(gosource.LambdaPath)
	if lambda == nil {
		return nil, nil // Transform reports that nothing serves a function
	}
	var text []byte
	for _, path := range lambda.Sources() {
		content, err := os.ReadFile(a.Overlay.Path(path))
		if err != nil {
			return nil, fmt.Errorf("read aws-lambda-go: %w", a.Unreadable(path, err))
		}
		text = append(text, content...)
	}
	if !bytes.Contains(text, []byte("\ntype Handler interface")) {
		return nil, errors.New("aws-lambda-go is too old, because it has no lambda.Handler: " +
			"require 1.2.0 or newer, for example with `go get " + path.Dir(gosource.LambdaPath) + "@latest`")
	}
	for _, feature := range []struct{ declared, without string }{
		{"\nfunc NewHandler(", "sparta_nonewhandler"},
		{"\nfunc NewHandlerWithOptions(", "sparta_nooptions"},
		{"\nfunc StartHandlerFunc[", "sparta_nogenerics"},
		{"AWS_LAMBDA_RUNTIME_API", "sparta_noruntimeapi"},
	} {
		if !bytes.Contains(text, []byte(feature.declared)) {
			tags = append(tags, feature.without)
		}
	}
	if a.Find(gosource.LambdaPath+"/handlertrace") == nil {
		tags = append(tags, "sparta_notrace")
	}
	return tags, nil
}
