package session

import (
	"fmt"

	"github.com/go-sparta/sparta/internal/interpreter"
)

// The Python clients of the Runtime API that functions can run in.
const (
	Embedded = "embedded"          // this repository's
	AWS      = "awslambdaric"      // AWS's own, as in Lambda, where the interpreter can import it
	AWS313   = "awslambdaric-3.13" // the same with the environment of python3.13, in which it polls in a thread
)

// Clients lists the clients.
func Clients() []string { return []string{Embedded, AWS, AWS313} }

// checkClient returns an error unless the interpreter has the client.
func checkClient(client string, python interpreter.Python) error {
	if client != Embedded && python.Client == "" {
		return fmt.Errorf("%s cannot import awslambdaric: put the bin folder of a virtual environment that has it "+
			"first on PATH (python3 -m venv ric && ric/bin/pip install awslambdaric)", python.Path)
	}
	return nil
}

// ClientName names the client and its version.
func (s *Session) ClientName() string {
	switch s.Client {
	case AWS:
		return AWS + " " + s.Python.Client
	case AWS313:
		return AWS + " " + s.Python.Client + " as in python3.13"
	}
	return Embedded + " client"
}

// clientEnv is what makes AWS's client work as in the runtime of its name.
func (s *Session) clientEnv() []string {
	if s.Client == AWS313 {
		return []string{"AWS_EXECUTION_ENV=AWS_Lambda_python3.13"}
	}
	return nil
}
