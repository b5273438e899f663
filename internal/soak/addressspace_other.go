//go:build !linux

package main

import "errors"

func limitAddressSpace(int, uint64) error { return errors.ErrUnsupported }
