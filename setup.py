"""What goes into the wheel: the packages below ``src`` and the country packs beside it."""

from setuptools import find_packages, setup

EVERYTHING = ["*", "**/*"]
LEFT_OUT = ["__pycache__/*", "**/__pycache__/*", "*.pyc", "**/*.pyc"]

setup(
    packages=[*find_packages("src"), "amparo.packs"],
    package_dir={"": "src", "amparo.packs": "packs"},
    package_data={"amparo": EVERYTHING, "amparo.packs": EVERYTHING},
    exclude_package_data={"": LEFT_OUT},
)
