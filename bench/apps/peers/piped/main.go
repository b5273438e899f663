// Piped does the selected work on each line of its input, which is an event, and writes a line with the answer. It ends
// with its input, which may be after one event.
package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/bench/apps/work"
)

func main() {
	handler := lambda.NewHandler(work.Selected())
	in := bufio.NewReader(os.Stdin)
	for {
		event, err := in.ReadBytes('\n')
		if len(event) == 0 && errors.Is(err, io.EOF) {
			return
		}
		if err != nil && !errors.Is(err, io.EOF) {
			log.Fatal(err)
		}
		answer, err := handler.Invoke(context.Background(), event)
		if err != nil {
			log.Fatal(err)
		}
		if _, err := os.Stdout.Write(append(answer, '\n')); err != nil {
			log.Fatal(err)
		}
	}
}
