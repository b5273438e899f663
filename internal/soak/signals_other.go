//go:build !unix

package main

import "errors"

func pauseGroup(int) error { return errors.ErrUnsupported }

func resumeGroup(int) error { return errors.ErrUnsupported }

func terminate(int) error { return errors.ErrUnsupported }
