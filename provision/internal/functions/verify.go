package functions

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

// codeAPI is the part of Lambda that describes a function's code.
type codeAPI interface {
	GetFunction(context.Context, *lambda.GetFunctionInput, ...func(*lambda.Options)) (*lambda.GetFunctionOutput, error)
}

// Comparison compares the code of functions with a package.
type Comparison struct {
	connection.Caller
	API  codeAPI
	HTTP aws.HTTPClient // downloads code; nil means Go's default

	Zip    string // path of the package
	Shown  string // that path, for people
	SHA256 string // of the package, in hex
}

// largestCode is more than Lambda accepts.
const largestCode = 300 << 20

// Check writes a line for a function that runs the package. Only if the checksums differ, the code is downloaded, and
// the error says which files are not the same.
func (c Comparison) Check(ctx context.Context, name string, out io.Writer) error {
	if err := c.check(ctx, name, out); err != nil {
		return fmt.Errorf("compare the code of %s: %w", name, err)
	}
	return nil
}

func (c Comparison) check(ctx context.Context, name string, out io.Writer) error {
	var found *lambda.GetFunctionOutput
	err := c.Call(ctx, "lambda:GetFunction", func(ctx context.Context) (err error) {
		found, err = c.API.GetFunction(ctx, &lambda.GetFunctionInput{FunctionName: &name})
		return err
	})
	if connection.HasCode(err, "ResourceNotFoundException") {
		return errors.New("it is not deployed: run cgo:provision, or check -stack and the region")
	}
	if err != nil {
		return err
	}
	sum, err := hex.DecodeString(c.SHA256)
	if err != nil {
		return fmt.Errorf("read the package's SHA-256: %w", err)
	}
	if found.Configuration == nil {
		return errors.New("the answer of Lambda lacks its configuration: try again")
	}
	deployed := aws.ToString(found.Configuration.CodeSha256)
	if deployed == base64.StdEncoding.EncodeToString(sum) {
		_, err := fmt.Fprintf(out, "%s runs %s: its code has the same bytes (SHA-256 %s)\n", name, c.Shown, c.SHA256)
		return err
	}
	if found.Code == nil || aws.ToString(found.Code.Location) == "" {
		return fmt.Errorf("it runs other code than %s, and Lambda does not say where to download that: its SHA-256 "+
			"is %s in base64", c.Shown, deployed)
	}
	return c.differences(ctx, aws.ToString(found.Code.Location))
}

// differences returns an error that says how the code at an address differs from the package.
func (c Comparison) differences(ctx context.Context, address string) error {
	file, err := os.CreateTemp("", "sparta-deployed-*.zip")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := errors.Join(c.download(ctx, address, file), file.Close()); err != nil {
		return fmt.Errorf("it runs other code than %s, which cannot be downloaded: %w", c.Shown, err)
	}
	found, err := archive.Compare(
		archive.Named{Path: c.Zip, Name: c.Shown}, archive.Named{Path: file.Name(), Name: "the deployed code"})
	if err != nil {
		return err
	}
	text := fmt.Sprintf("it runs other code than %s:%s", c.Shown, archive.Listing(found))
	if len(found) > 0 {
		text += "\nit was deployed from other sources, or changed after that: provision again, or build the sources " +
			"that were deployed"
	}
	return errors.New(text)
}

// download reads the code. The address is a secret, and therefore not part of errors.
func (c Comparison) download(ctx context.Context, address string, out io.Writer) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return errors.New("the address that Lambda gives is not a URL")
	}
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	response, err := client.Do(request)
	if failed := (*url.Error)(nil); errors.As(err, &failed) {
		err = failed.Err
	}
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", response.Status)
	}
	count, err := io.Copy(out, io.LimitReader(response.Body, largestCode+1))
	if err == nil && count > largestCode {
		return errors.New("it is larger than Lambda accepts")
	}
	return err
}
