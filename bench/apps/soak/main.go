// Soak answers with something that depends on every byte of its event, and fails when told to.
package main

import (
	"fmt"
	"hash/crc32"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

type event struct {
	N    int
	Fail bool
	Text string
}

type answer struct {
	N        int
	Checksum uint32 // IEEE CRC-32 of the text
	Text     string
	PID      int
}

func handle(e event) (answer, error) {
	if e.Fail {
		return answer{}, fmt.Errorf("told to fail at %d", e.N)
	}
	return answer{e.N, crc32.ChecksumIEEE([]byte(e.Text)), e.Text, os.Getpid()}, nil
}

func main() { lambda.Start(handle) }
