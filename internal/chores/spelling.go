package chores

import (
	"context"
	"io"
)

// Spelling looks for common misspellings in code and documents.
func Spelling(ctx context.Context, out io.Writer) error {
	var files []string
	for _, pattern := range []string{"*.go", "*.md", "*.py", "*.html", "*.css", "*.js"} {
		found, err := Find(".", pattern)
		if err != nil {
			return err
		}
		files = append(files, found...)
	}
	return Tool(append([]string{"misspell", "-error"}, files...)...).Run(ctx, out, out)
}
