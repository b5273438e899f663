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
