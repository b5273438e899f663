// Hooks has a flag and a command of its own, adds a file to its package, and an alarm and a dashboard to its stack.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/decorator"
	"github.com/go-sparta/sparta/sparta"
)

// price reads the file that a hook has added to the package.
func price(context.Context) (string, error) {
	prices, err := os.ReadFile("data/prices.json")
	return string(prices), err
}

func main() {
	prices := `{"tea": 3}`
	options := sparta.CommandLineOptions
	options.Provision.Flags().StringVar(&prices, "prices", prices, "the prices, as JSON")
	options.Root.AddCommand(&cobra.Command{Use: "prices", Run: func(command *cobra.Command, _ []string) {
		fmt.Fprintln(command.OutOrStdout(), prices)
	}})
	if err := sparta.ParseOptions(nil); err != nil {
		os.Exit(1)
	}

	info := sparta.HandleAWSLambda("Price", price, sparta.IAMRoleDefinition{})
	info.Decorator = decorator.CloudWatchErrorAlarmDecorator(1, 5, 1, nil)
	functions := []*sparta.LambdaAWSInfo{info}
	hooks := &sparta.WorkflowHooks{
		Archive: func(_ context.Context, w *sparta.Workflow) error {
			file, err := w.Archive.Create("data/prices.json")
			if err != nil {
				return err
			}
			_, err = io.WriteString(file, prices)
			return err
		},
		ServiceDecorator: decorator.DashboardDecorator(functions, 300),
	}
	_ = cgo.MainEx("Prices", "Knows prices", functions, nil, nil, hooks)
}
