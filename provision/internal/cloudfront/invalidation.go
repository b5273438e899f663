package cloudfront

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
)

type batch struct {
	XMLName         xml.Name `xml:"http://cloudfront.amazonaws.com/doc/2020-05-31/ InvalidationBatch"`
	CallerReference string
	Quantity        int      `xml:"Paths>Quantity"`
	Paths           []string `xml:"Paths>Items>Path"`
}

// Invalidate lets a distribution forget what it has cached of paths. The reference identifies the request: CloudFront
// does nothing if it was used before.
func (c Client) Invalidate(ctx context.Context, distribution, reference string, paths []string) error {
	body, err := xml.Marshal(batch{CallerReference: reference, Quantity: len(paths), Paths: paths})
	if err == nil {
		err = c.Call(ctx, "cloudfront:CreateInvalidation", func(ctx context.Context) error {
			_, err := c.send(ctx, http.MethodPost, "/distribution/"+url.PathEscape(distribution)+"/invalidation", body)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("invalidate what distribution %s has cached: %w", distribution, err)
	}
	return nil
}
