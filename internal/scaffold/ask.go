package scaffold

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Terminal is where a person answers questions.
type Terminal struct {
	in  *bufio.Reader
	out io.Writer
}

// NewTerminal returns one that reads from in and writes to out.
func NewTerminal(in io.Reader, out io.Writer) Terminal { return Terminal{bufio.NewReader(in), out} }

// Ask asks for what the options lack, once it has checked the others.
func (t Terminal) Ask(ctx context.Context, options Options) (Options, error) {
	checkName := func(name string) error {
		if err := CheckName(name); err != nil {
			return err
		}
		_, err := checkFree(filepath.Join(options.Dir, name))
		return err
	}
	around, err := look(ctx, options.Dir)
	if err != nil {
		return options, err
	}
	for _, given := range []struct {
		value string
		check func(string) error
	}{
		{options.Name, checkName}, {options.Template, checkTemplate}, {options.Module, around.checkModule},
	} {
		if given.value == "" {
			continue
		}
		if err := given.check(given.value); err != nil {
			return options, err
		}
	}
	if err := options.Source.check(); err != nil {
		return options, err
	}
	if options.Name == "" {
		options.Name, err = t.answer(ctx, "Name of the application", "", checkName)
	}
	if err == nil && options.Template == "" {
		for _, template := range catalog {
			fmt.Fprintf(t.out, "  %-10s%s\n", template.Name, template.Summary)
		}
		options.Template, err = t.answer(ctx, "Template", catalog[0].Name, checkTemplate)
	}
	if err != nil || options.Module != "" {
		return options, err
	}
	suggestion, err := around.modulePath(ctx, options.Name)
	if err != nil {
		return options, err
	}
	options.Module, err = t.answer(ctx, "Module path", suggestion, around.checkModule)
	return options, err
}

// answer asks until the answer is right. An empty one means the suggestion.
func (t Terminal) answer(ctx context.Context, question, suggestion string, check func(string) error) (string, error) {
	if suggestion != "" {
		question += " [" + suggestion + "]"
	}
	for {
		fmt.Fprint(t.out, question+": ")
		line, err := t.line(ctx)
		if err != nil {
			return "", err
		}
		if line == "" {
			line = suggestion
		}
		if err := check(line); err != nil {
			fmt.Fprintln(t.out, "Error:", err)
			continue
		}
		return line, nil
	}
}

// line reads a line. A read cannot be cancelled, so it goes on after the end of ctx.
func (t Terminal) line(ctx context.Context) (string, error) {
	type result struct {
		line string
		err  error
	}
	results := make(chan result, 1)
	go func() {
		line, err := t.in.ReadString('\n')
		results <- result{strings.TrimSpace(line), err}
	}()
	select {
	case <-ctx.Done():
		return "", errors.New("interrupted")
	case r := <-results:
		if errors.Is(r.err, io.EOF) && r.line == "" {
			return "", errors.New("the input ended before all questions were answered: nothing is written")
		}
		if r.err != nil && !errors.Is(r.err, io.EOF) {
			return "", r.err
		}
		return r.line, nil
	}
}
