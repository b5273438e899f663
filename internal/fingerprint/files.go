package fingerprint

import (
	"context"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/go-sparta/sparta/internal/gosource"
)

// sumFiles adds the paths and contents of files. Where the overlay removes a file, it counts as empty.
func sumFiles(ctx context.Context, sum hash.Hash, overlay gosource.Overlay, paths []string) error {
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return err
		}
		actual := overlay.Path(path)
		if actual == "" {
			fmt.Fprintln(sum, path, "removed")
			continue
		}
		if err := sumContent(sum, path, actual); err != nil {
			return err
		}
	}
	return nil
}

// sumContent adds a path and the content of the file that has it.
func sumContent(sum hash.Hash, path, actual string) error {
	file, err := os.Open(actual)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintln(sum, path, info.Size())
	_, err = io.Copy(sum, file)
	return err
}
