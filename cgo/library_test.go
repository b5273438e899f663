//go:build lambdabinary

package cgo

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestMainRefusesWhatItDoesNotSupport(t *testing.T) {
	fn := []*sparta.LambdaAWSInfo{sparta.HandleAWSLambda("f", func() {}, "existing-role")}
	tests := map[string]struct {
		api  *sparta.API
		site *sparta.S3Site
		want string
	}{
		"an API": {&sparta.API{}, nil, "(*sparta.API) is not supported"},
		"a site": {nil, &sparta.S3Site{}, "(*sparta.S3Site) is not supported"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := Main("Hello", "", fn, test.api, test.site)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestMainOfAnInvalidServiceReturnsTheError(t *testing.T) {
	err := Main("Hello", "", []*sparta.LambdaAWSInfo{nil}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "function 1 is nil") {
		t.Errorf("error is %v, want Validate's", err)
	}
}
