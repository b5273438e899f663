package programs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/go-sparta/sparta/internal/process"
)

// RunFunction runs the function in another program: a magefile that served the Runtime API itself would have to be
// compiled with net/http. The program ends when its standard input ends, and therefore when this process ends in any
// way. The function's own output goes to stderr.
func RunFunction(ctx context.Context, program string, stderr io.Writer, job Job) (Result, error) {
	var result Result
	cmd := process.Command(ctx, program, FunctionCommand)
	input, err := cmd.StdinPipe()
	if err != nil {
		return result, err
	}
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, stderr
	if err := cmd.Start(); err != nil {
		return result, err
	}
	// If the program ends early, Wait returns the reason.
	_ = json.NewEncoder(input).Encode(job)
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return result, fmt.Errorf("run the package: %w", err)
	}
	if err := json.Unmarshal(output.Bytes(), &result); err != nil {
		return result, fmt.Errorf("run the package: read the result: %w", err)
	}
	if result.Error != "" {
		return result, errors.New(result.Error)
	}
	return result, nil
}
