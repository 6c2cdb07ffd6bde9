"""x"""


def warnings_about(corpus):
    return []
