package functions

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
)

// MissingError says that functions do not exist although their stack contains them, which CloudFormation does not
// notice.
type MissingError struct {
	Names []string
	Only  bool // the stack has no other functions
}

func (e *MissingError) Error() string {
	was, object := "it was", "it"
	if len(e.Names) > 1 {
		was, object = "they were", "them"
	}
	next := fmt.Sprintf("remove %s from the service, provision, add %s again and provision again", object, object)
	if e.Only {
		next = "delete the stack with cgo:delete and provision again"
	}
	return fmt.Sprintf("%s not found in Lambda: %s deleted outside of the stack, which CloudFormation does not "+
		"notice: to create %s again, %s", strings.Join(e.Names, ", "), was, object, next)
}

// Outdated lists those of the functions that do not run a package, which is given by its SHA-256 in hex. If functions
// do not exist, the error is a *MissingError. With any other error, the list is of those that could be looked up.
func (f Client) Outdated(ctx context.Context, names []string, sha256 string) ([]string, error) {
	current, errs := make([]bool, len(names)), make([]error, len(names))
	connection.EachOf(len(names), func(i int) { current[i], errs[i] = f.runs(ctx, names[i], sha256) })
	var outdated, missing []string
	var unknown error
	for i, err := range errs {
		switch {
		case connection.HasCode(err, "ResourceNotFoundException"):
			missing = append(missing, names[i])
		case err != nil && unknown == nil:
			unknown = fmt.Errorf("look up the code of %s: %w", names[i], err)
		case err == nil && !current[i]:
			outdated = append(outdated, names[i])
		}
	}
	if len(missing) > 0 {
		return nil, &MissingError{Names: missing, Only: len(missing) == len(names)}
	}
	return outdated, unknown
}

// RestoreCode updates the functions to the package that the stack's template names, if they run another one, and
// returns the names of those that it has updated.
func (f Client) RestoreCode(
	ctx context.Context, names []string, code packages.Location, sha256 string,
) ([]string, error) {
	outdated, err := f.Outdated(ctx, names, sha256)
	if missing := (*MissingError)(nil); errors.As(err, &missing) || ctx.Err() != nil {
		return nil, err
	}
	if err != nil {
		f.Log.Warnf("it is not known whether all functions run the stack's code: %v", err)
	}
	if len(outdated) == 0 {
		return nil, nil
	}
	return outdated, f.UpdateCode(ctx, outdated, code)
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
