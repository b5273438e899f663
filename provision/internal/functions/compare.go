package functions

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
)

// Outdated lists those of the functions that do not run a package, which is given by its SHA-256 in hex.
func (f Client) Outdated(ctx context.Context, names []string, sha256 string) ([]string, error) {
	var outdated []string
	for _, name := range names {
		current, err := f.runs(ctx, name, sha256)
		if err != nil {
			return nil, fmt.Errorf("look up the code of %s: %w", name, err)
		}
		if !current {
			outdated = append(outdated, name)
		}
	}
	return outdated, nil
}

// RestoreCode updates the functions to the package that the stack's template names, if they run another one, and
// returns the names of those that it has updated. It looks up only the first one by name: the functions of a service
// share one package, and UpdateCode's order makes the first one differ if any does.
func (f Client) RestoreCode(
	ctx context.Context, names []string, code packages.Location, sha256 string,
) ([]string, error) {
	names = slices.Sorted(slices.Values(names))
	current, err := f.runs(ctx, names[0], sha256)
	switch {
	case connection.HasCode(err, "ResourceNotFoundException"):
		f.Log.Warnf("function %s does not exist, which CloudFormation does not notice: "+
			"delete the stack and provision again to create it", names[0])
		return nil, nil
	case err != nil:
		f.Log.Warnf("it is not known whether %s runs the stack's code: %v", names[0], err)
		return nil, nil
	case current:
		return nil, nil
	}
	backwards := slices.Clone(names)
	slices.Reverse(backwards)
	if err := f.UpdateCode(ctx, backwards, code); err != nil {
		return nil, err
	}
	return names, nil
}

// runs reports whether a function runs a package.
func (f Client) runs(ctx context.Context, name, sha256 string) (bool, error) {
	configuration, err := f.Configuration(ctx, name)
	if err != nil {
		return false, err
	}
	sum, err := hex.DecodeString(sha256)
	if err != nil {
		return false, fmt.Errorf("read the package's SHA-256: %w", err)
	}
	switch configuration.LastUpdateStatus {
	case lambdatypes.LastUpdateStatusInProgress, lambdatypes.LastUpdateStatusFailed:
		return false, nil
	}
	return aws.ToString(configuration.CodeSha256) == base64.StdEncoding.EncodeToString(sum), nil
}
