//go:build lambdabinary && sparta_vendor

package cgo

// A build imports it where a lambda.Start stands in a dependency. Named here, under a tag that no
// build sets, `go mod vendor` copies it with the rest.
import _ "github.com/go-sparta/sparta/cgo/bridge/runtimeapi"
