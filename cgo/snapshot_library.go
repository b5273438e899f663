//go:build lambdabinary

package cgo

import "github.com/go-sparta/sparta/cgo/bridge"

// BeforeSnapshot registers a function to run before Lambda takes a SnapStart
// snapshot, such as one that closes connections. The last registered runs
// first. An error fails the publishing of the version. Outside of Lambda it
// does nothing.
func BeforeSnapshot(hook func() error) { bridge.BeforeSnapshot(hook) }

// AfterRestore registers a function to run after Lambda restores a SnapStart
// snapshot, in the order of registration. An error fails the invocation.
// Outside of Lambda it does nothing.
func AfterRestore(hook func() error) { bridge.AfterRestore(hook) }
