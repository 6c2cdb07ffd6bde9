"""`python -m vnclf` is `vnclf`."""

from vnclf.cli.main import main

if __name__ == "__main__":
    main()
