package files

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Replace replaces the content of the file at path with what write writes, completely or not at all.
func Replace(path string, write func(io.Writer) error) error {
	return replace(path, 0o666, true, write)
}

// WriteAgain is Write for a file that can be made again. It does not wait for the disk: after a power failure, the file
// may be empty.
func WriteAgain(path string, content []byte) error {
	return replace(path, 0o666, false, writing(content))
}

func replace(path string, mode os.FileMode, durable bool, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := SweepScratch(path); err != nil {
		return err
	}
	temporary := Scratch(path)
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, remove(file))
		}
	}()
	buffered := bufio.NewWriterSize(file, 256<<10)
	if err := write(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	if durable { // otherwise the name may reach the disk before the bytes do
		if err := file.Sync(); err != nil {
			return err
		}
	}
	if err := file.Close(); err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		return err
	}
	if durable {
		syncFolder(filepath.Dir(path))
	}
	return nil
}

// remove closes and removes a file, which may be closed already.
func remove(file *os.File) error {
	file.Close()
	if err := os.Remove(file.Name()); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder makes a rename durable. Not every system and file system can do that; the file is complete anyway.
func syncFolder(dir string) {
	folder, err := os.Open(dir)
	if err != nil {
		return
	}
	defer folder.Close()
	_ = folder.Sync()
}

// Write replaces the content of the file at path, completely or not at all.
func Write(path string, content []byte) error {
	return replace(path, 0o666, true, writing(content))
}

// WritePrivate is Write for a file that only its owner may read and write.
func WritePrivate(path string, content []byte) error {
	return replace(path, 0o600, true, writing(content))
}

func writing(content []byte) func(io.Writer) error {
	return func(out io.Writer) error {
		_, err := out.Write(content)
		return err
	}
}
