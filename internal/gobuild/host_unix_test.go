//go:build unix

package gobuild

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// At an interrupt, the go command ends and leaves its compilers running.
func TestCancelledHostBuildEndsWhatItHasStarted(t *testing.T) {
	dir := t.TempDir()
	pid := filepath.Join(dir, "pid")
	fake := "#!/bin/sh\nsh -c 'echo $$ >" + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 60'\n:\n"
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(fake), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	compiler := make(chan int, 1)
	go func() {
		defer cancel()
		for range 1000 {
			if text, err := os.ReadFile(pid); err == nil {
				id, _ := strconv.Atoi(strings.TrimSpace(string(text)))
				compiler <- id
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	if _, err := OnHost(ctx, dir, Build{}, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("OnHost() = %v, want it cancelled", err)
	}
	id := <-compiler
	for range 200 {
		if err := syscall.Kill(id, 0); errors.Is(err, syscall.ESRCH) || isZombie(id) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	_ = syscall.Kill(id, syscall.SIGKILL)
	t.Error("what the go command had started is still running")
}

// isZombie reports whether a process has ended and has not been waited for.
func isZombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}
