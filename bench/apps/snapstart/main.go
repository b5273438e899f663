// Snapstart has hooks around its snapshot, and says when it has run the first ones.
package main

import (
	"crypto/rand"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cgo"
)

func main() {
	var seed [16]byte
	cgo.BeforeSnapshot(func() error {
		fmt.Fprintln(os.Stderr, "before the snapshot")
		return nil
	})
	cgo.AfterRestore(func() error {
		_, err := rand.Read(seed[:])
		return err
	})
	lambda.Start(func() (bool, error) { return seed != [16]byte{}, nil })
}
