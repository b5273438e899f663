package main

import (
	"fmt"

	"github.com/go-sparta/sparta/internal/interpreter"
)

// The Python clients of the Runtime API that functions can run in.
const (
	embedded = "embedded"     // this repository's
	aws      = "awslambdaric" // AWS's own, as in Lambda, where the interpreter can import it
)

// checkClient returns an error unless the interpreter has the client.
func checkClient(client string, python interpreter.Python) error {
	if client == aws && python.Client == "" {
		return fmt.Errorf("%s cannot import awslambdaric: put the bin folder of a virtual environment that has it "+
			"first on PATH (python3 -m venv ric && ric/bin/pip install awslambdaric)", python.Path)
	}
	return nil
}

// describeClient names the client and its version.
func describeClient(client string, python interpreter.Python) string {
	if client == aws {
		return aws + " " + python.Client
	}
	return embedded + " client"
}
