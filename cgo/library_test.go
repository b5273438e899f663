//go:build lambdabinary

package cgo

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestMainOfAnInvalidServiceReturnsTheError(t *testing.T) {
	err := Main("Hello", "", []*sparta.LambdaAWSInfo{nil}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "function 1 is nil") {
		t.Errorf("error is %v, want Validate's", err)
	}
}

// The library has been deployed: checks of options and sources would cost time at each start, and space.
func TestTheLibraryChecksOnlyWhatItServes(t *testing.T) {
	hello := sparta.HandleAWSLambda("hello", func() error { return nil }, sparta.IAMRoleDefinition{})
	hello.Options.Timeout = 901
	hello.Permissions = []sparta.LambdaPermissionExporter{sparta.S3Permission{}}
	if err := sparta.Validate("Hello", []*sparta.LambdaAWSInfo{hello}); err != nil {
		t.Errorf("error is %v, want none about what only a deployment uses", err)
	}
	if err := sparta.Validate("Hello", []*sparta.LambdaAWSInfo{hello, hello}); err == nil {
		t.Error("two functions of one name are accepted")
	}
}
