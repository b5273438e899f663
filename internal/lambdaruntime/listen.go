package lambdaruntime

import (
	"io"
	"time"
)

// connection is what the Runtime API needs of a TCP connection.
//
// Package net has more, and brings C code into every magefile that imports
// spartamage: mage would look for a C compiler at every start, and take a cross
// compiler in CC for its own. So on Unix the system is called directly.
type connection interface {
	io.ReadWriteCloser
	SetDeadline(time.Time) error
}
