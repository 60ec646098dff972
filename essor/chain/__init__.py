"""The links of the chain, each looking only down."""
