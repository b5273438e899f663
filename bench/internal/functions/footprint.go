package functions

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// maxMemory is how much more of a function may be in memory after its start than of a bare Python handler, in MB.
const maxMemory = 20

// Footprint measures the sizes of zips and what is in them, and the memory of a function after its start and later.
func Footprint(ctx context.Context, s *session.Session) error {
	for _, app := range []struct{ folder, what string }{
		{"hello", "hello"}, {"sdk", "clients of the SDK in main"}, {"heavyinit", "heavy initializers"},
	} {
		stage, err := s.Stage(ctx, app.folder)
		if err != nil {
			return err
		}
		zip, err := os.Stat(filepath.Join(s.Module.Dir, app.folder, ".sparta", app.folder+".zip"))
		if err != nil {
			return err
		}
		files, err := sizeOf(stage)
		if err != nil {
			return err
		}
		s.Add("footprint", "zip of "+app.what, megabytes(float64(zip.Size())/(1<<20), 0))
		s.Add("footprint", "unzipped, "+app.what, megabytes(float64(files)/(1<<20), 0))
	}
	return memory(ctx, s)
}

// memory compares a function with a bare Python handler.
func memory(ctx context.Context, s *session.Session) error {
	stage, err := s.Stage(ctx, "hello")
	if err != nil {
		return err
	}
	bare, err := s.Bare()
	if err != nil {
		return err
	}
	times := s.Pick(10_000, 2_000)
	var sizes [2][2]float64
	for i, o := range []lambdaruntime.Options{
		{Dir: stage, Handler: "index.HelloWorld"}, {Dir: bare, Handler: "index.handler"},
	} {
		if sizes[i], err = resident(ctx, s, o, times); errors.Is(err, errors.ErrUnsupported) {
			s.Add("footprint", "memory: "+err.Error(), report.Row{Verdict: report.Skipped})
			return nil
		} else if err != nil {
			return err
		}
	}
	for i, when := range []string{"after the first invocation", fmt.Sprintf("after %d invocations", times)} {
		limit := 0.0
		if i == 0 {
			limit = sizes[1][i] + maxMemory
		}
		row := megabytes(sizes[0][i], limit)
		row.Peer = fmt.Sprintf("%.1f MB bare Python", sizes[1][i])
		s.Add("footprint", "resident memory of hello "+when, row)
	}
	return nil
}

func megabytes(size, limit float64) report.Row {
	return report.Row{Figure: fmt.Sprintf("%.2f MB", size), Value: size, Unit: "MB", Bound: limit}
}

// resident returns how much of a function is in memory after its first invocation and after some more.
func resident(
	ctx context.Context, s *session.Session, o lambdaruntime.Options, times int,
) (sizes [2]float64, err error) {
	p, err := s.Start(ctx, o)
	if err != nil {
		return sizes, err
	}
	defer p.Close()
	event := []byte(`{"name":"Ada"}`)
	for i, more := range []int{1, times - 1} {
		for range more {
			if _, err := session.Invoke(ctx, p, event); err != nil {
				return sizes, err
			}
		}
		pid, _ := p.PID()
		if sizes[i], err = usage.FamilyResident(ctx, pid); err != nil {
			return sizes, errors.Join(errors.ErrUnsupported, err)
		}
	}
	return sizes, nil
}

// sizeOf adds up the sizes of the files below a folder.
func sizeOf(dir string) (sum int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	return sum, err
}
