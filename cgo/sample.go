//go:build !lambdabinary

package cgo

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/sample"
)

// sampleCommand returns the command that writes a sample event. Targets run it, because only this program knows the
// service's sources.
func (s service) sampleCommand() *cobra.Command {
	var options commandline.Sample
	run := func(command *cobra.Command, _ []string) error {
		event, err := s.sampleEvent(options.Sample, options.Function)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(command.OutOrStdout(), event); err != nil {
			return fmt.Errorf("write the event: %w", err)
		}
		return nil
	}
	command := newCommand("sample", "Write a sample event of a source", &options, run)
	command.Hidden = true
	return command
}

func (s service) sampleEvent(source, function string) (string, error) {
	description, err := s.describe()
	if err != nil {
		return "", err
	}
	event, err := sample.Event(source, description, function)
	return string(event), err
}

// chooseEvent replaces the event with a sample if the command line has --sample.
func (s service) chooseEvent(command *cobra.Command, event *string, source, function string) error {
	if !command.Flags().Changed("sample") {
		return nil
	}
	if command.Flags().Changed("event") {
		return errors.New("both --event and --sample are set: use one of them")
	}
	var err error
	*event, err = s.sampleEvent(source, function)
	return err
}
