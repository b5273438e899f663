package scaffold

import (
	"context"
	"path/filepath"
)

// Options says which application to make.
type Options struct {
	Dir      string // where its folder belongs
	Name     string // of its folder and its stack
	Template string // empty means the first
	Module   string // path of its module; empty means one below the module around it, or below example.com
	Source   Source // of this module
}

// Result says what to do with what was made.
type Result struct {
	Folder   string // relative to the folder of the options
	Template string
	Module   string
	Clone    string   // the folder that the go.mod names instead of a version of this module
	Commands []string // to type next, in the folder of the options
}

// New makes an application.
func New(ctx context.Context, options Options) (Result, error) {
	if err := CheckName(options.Name); err != nil {
		return Result{}, err
	}
	if options.Template == "" {
		options.Template = catalog[0].Name
	}
	template, err := find(options.Template)
	if err != nil {
		return Result{}, err
	}
	if err := options.Source.check(); err != nil {
		return Result{}, err
	}
	around, err := look(ctx, options.Dir)
	if err != nil {
		return Result{}, err
	}
	if options.Module == "" {
		if options.Module, err = around.modulePath(ctx, options.Name); err != nil {
			return Result{}, err
		}
	}
	if err := around.checkModule(options.Module); err != nil {
		return Result{}, err
	}
	content, err := render(template.Name, options.Name, options.Module, options.Source)
	if err != nil {
		return Result{}, err
	}
	if err := write(ctx, filepath.Join(options.Dir, options.Name), content); err != nil {
		return Result{}, err
	}
	return Result{
		Folder:   options.Name,
		Template: template.Name,
		Module:   options.Module,
		Clone:    options.Source.Folder,
		Commands: around.commands(options.Name, "cd "+options.Name, "go mod tidy", template.try),
	}, nil
}
