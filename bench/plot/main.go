// Plot makes the plots and the tables of the documents from the newest results of the benchmarks, and with -check only
// compares them:
//
//	go tool mage bench -save
//	go tool mage plots
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/internal/documents"
)

func main() {
	check := flag.Bool("check", false, "write nothing: fail if a figure or a plot is not that of the results")
	root := flag.String("root", "../..", "the folder of the repository")
	flag.Parse()
	if err := run(*root, *check); err != nil {
		fmt.Fprintln(os.Stderr, "plot:", err)
		os.Exit(1)
	}
}

func run(root string, check bool) error {
	reports, err := documents.Newest(filepath.Join(root, "bench", "results"))
	if err != nil {
		return err
	}
	if check {
		err = documents.Check(root, reports)
	} else {
		err = documents.Update(root, reports)
	}
	problems := []error{err}
	for _, c := range charts(reports) {
		picture, err := c.draw()
		path := filepath.Join(root, "docs", c.file)
		switch {
		case err != nil:
		case !check:
			err = os.WriteFile(path, picture, 0o644)
		default:
			var current []byte
			if current, err = os.ReadFile(path); err == nil && !bytes.Equal(current, picture) {
				err = errors.New("is not the plot of the newest results: go tool mage plots makes it")
			}
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("docs/%s: %w", c.file, err))
		}
	}
	return errors.Join(problems...)
}
