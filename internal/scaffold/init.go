package scaffold

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// Magefiles is the folder that Init makes.
const Magefiles = "magefiles"

// Init adds a magefile in a module of its own to the application in a folder.
func Init(ctx context.Context, dir string, source Source) (Result, error) {
	around, err := look(ctx, dir)
	if err != nil {
		return Result{}, err
	}
	if around.GOMOD == "" {
		return Result{}, errors.New("this folder is not in a Go module: change to the application's folder, or " +
			"make a new application with `new`")
	}
	if found, err := magefile(around.dir); err != nil || found != "" {
		if err == nil {
			err = occupied(around.dir, found)
		}
		return Result{}, err
	}
	mod, err := around.module(ctx)
	if err != nil {
		return Result{}, err
	}
	source, err = mod.source(filepath.Dir(around.GOMOD), filepath.Join(around.dir, Magefiles), source)
	if err != nil {
		return Result{}, err
	}
	if err := source.check(); err != nil {
		return Result{}, err
	}
	module, err := around.modulePath(ctx, Magefiles)
	if err != nil {
		return Result{}, err
	}
	all, err := render("", "", module, source)
	if err != nil {
		return Result{}, err
	}
	own := tree{"go.mod": all["go.mod"], "magefile.go": all["magefile.go"]}
	if err := write(ctx, filepath.Join(around.dir, Magefiles), own); err != nil {
		return Result{}, err
	}
	const mage = "go -C " + Magefiles + " tool mage -d . -w .. "
	return Result{
		Folder: Magefiles,
		Module: module,
		Clone:  source.Folder,
		Commands: around.commands(Magefiles, "go -C "+Magefiles+" mod tidy", mage+"cgo:build",
			mage+"cgo:provision -noop"),
	}, nil
}

// occupied returns the error for an application that has a magefile already.
func occupied(dir, name string) error {
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	const targets = gosource.ModulePath + "/spartamage"
	if strings.Contains(string(content), strconv.Quote(targets)) {
		return fmt.Errorf("%s imports %s already, so there is nothing to add: `go tool mage -l` lists its targets",
			name, targets)
	}
	return fmt.Errorf("%s is a magefile already: import %s there, with the comment //mage:import, or move it", name,
		targets)
}

// source returns where the application of this go.mod finds this module, for a go.mod in another folder: targets must
// have the version that the application has. If it does not require this module, they have the program's.
func (m goMod) source(root, folder string, program Source) (Source, error) {
	for _, replace := range m.Replace {
		if replace.Old.Path != gosource.ModulePath || replace.New.Version != "" {
			continue
		}
		clone := filepath.FromSlash(replace.New.Path)
		if filepath.IsAbs(clone) {
			return Source{Version: unreleased, Folder: clone}, nil
		}
		clone, err := filepath.Rel(folder, filepath.Join(root, clone))
		return Source{Version: unreleased, Folder: filepath.ToSlash(clone)}, err
	}
	for _, require := range m.Require {
		if require.Path == gosource.ModulePath {
			return Source{Version: require.Version}, nil
		}
	}
	return program, nil
}

// magefile returns the name of a file in the folder that only mage compiles, or "" if there is none. Editors' files
// whose names begin with a dot, such as Emacs's links to nothing, are not for the go command either.
func magefile(dir string) (string, error) {
	entries, err := os.ReadDir(dir) // not filepath.Glob: a path of the user's may contain the characters of patterns
	if err != nil {
		return "", err
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		info, err := os.Stat(path)
		if filepath.Ext(path) != ".go" || !gosource.IsSource(entry.Name()) || err == nil && !info.Mode().IsRegular() {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		if gosource.OnlyForMage(string(content)) {
			return entry.Name(), nil
		}
	}
	return "", nil
}
